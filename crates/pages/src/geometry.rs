//! Every measure that lays out, in one place, named after the clause of GB/T 9704-2012 that it
//! comes from. Templates get them as Typst variables ([`typst()`]); other writers take the
//! constants. `measure` alone repeats the standard, on purpose.

use std::fmt::Write as _;

/// A length on paper.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Length {
    /// Millimetres.
    Mm(f64),
    /// Points of 1/72 inch: sizes of type.
    Pt(f64),
}

impl Length {
    /// The length in millimetres.
    pub fn mm(self) -> f64 {
        match self {
            Self::Mm(mm) => mm,
            Self::Pt(pt) => pt * 25.4 / 72.0,
        }
    }

    /// The length in points.
    pub fn pt(self) -> f64 {
        match self {
            Self::Mm(mm) => mm * 72.0 / 25.4,
            Self::Pt(pt) => pt,
        }
    }
}

macro_rules! geometry {
    ($( $(#[doc = $doc:literal])* $name:ident = $unit:ident $value:literal; )*) => {
        $( $(#[doc = $doc])* pub const $name: Length = Length::$unit($value); )*

        const ALL: &[(&str, Length, &str)] = &[
            $( (stringify!($name), Length::$unit($value), concat!($($doc),*)) ),*
        ];
    };
}

geometry! {
    /// 5.1 paper A4, width
    PAGE_WIDTH = Mm 210.0;
    /// 5.1 paper A4, height
    PAGE_HEIGHT = Mm 297.0;
    /// 5.2.1 head margin 天头
    HEAD_MARGIN = Mm 37.0;
    /// 5.2.1 binding margin 订口
    BINDING_MARGIN = Mm 28.0;
    /// 5.2.1 text block 版心, width
    BLOCK_WIDTH = Mm 156.0;
    /// 5.2.1 text block 版心, height
    BLOCK_HEIGHT = Mm 225.0;
    /// 5.2.2 body type 三号
    BODY_SIZE = Pt 16.0;
    /// 7.3.1 title type 二号
    TITLE_SIZE = Pt 22.0;
    /// 7.4.2 imprint and 7.5 page number, type 四号
    SMALL_SIZE = Pt 14.0;
    /// 7.2.4 the mark's top edge below the top of the text block
    MARK_TOP = Mm 35.0;
    /// 7.2.4 the mark's largest type: the standard leaves it to the organ; common practice
    MARK_SIZE = Pt 56.0;
    /// 7.2.4 a long mark: the height that its letters keep while they are condensed
    MARK_LEAST_SIZE = Pt 28.0;
    /// 7.2.4 joint issue: the largest type of the stacked names
    JOINT_MARK_SIZE = Pt 40.0;
    /// 7.2.7 the red rule below the number
    RED_RULE_GAP = Mm 4.0;
    /// 7.2.7 the red rule's thickness: not in the standard; common practice
    RED_RULE_WEIGHT = Mm 0.7;
    /// 7.3.5.1 a seal: the usual size of an office's round one
    SEAL_SIZE = Mm 42.0;
    /// 7.3.5.1 joint issue: between two seals, which do not touch
    SEAL_GAP = Mm 1.0;
    /// 7.4 between the lines of the imprint: not in the standard
    IMPRINT_GAP = Pt 8.0;
    /// 7.4.1 first and last rule of the imprint
    IMPRINT_RULE_OUTER = Mm 0.35;
    /// 7.4.1 rules between
    IMPRINT_RULE_INNER = Mm 0.25;
    /// 7.5 the page number's line below the text block
    PAGE_NUMBER_GAP = Mm 7.0;
    /// 10.1 letter format: the mark's top edge below the paper's top
    LETTER_MARK_TOP = Mm 30.0;
    /// 10.1 letter format: the double rule below the mark
    LETTER_RULE_GAP = Mm 4.0;
    /// 10.1 letter format: the double rule above the paper's foot
    LETTER_FOOT = Mm 20.0;
    /// 10.1 letter format: width of the double rules
    LETTER_RULE_WIDTH = Mm 170.0;
    /// 10.1 letter format: the thick one of the double rules; common practice
    LETTER_RULE_THICK = Pt 1.2;
    /// 10.1 letter format: the thin one; common practice
    LETTER_RULE_THIN = Pt 0.5;
    /// 10.1 letter format: from the middle of one to that of the other; common practice
    LETTER_RULE_STEP = Pt 2.0;
    /// Tables of attachments: type 小四, not in the standard
    TABLE_SIZE = Pt 12.0;
    /// Task sheets: margin at all sides, not in the standard
    SHEET_MARGIN = Mm 18.0;
    /// Task sheets: type of the title, 二号
    SHEET_TITLE_SIZE = Pt 22.0;
    /// Task sheets: type of the lines around the table, 小四
    SHEET_TEXT_SIZE = Pt 12.0;
    /// Task sheets: type of the table, 小四
    SHEET_TABLE_SIZE = Pt 12.0;
    /// Task sheets: type of the table's head, and the least type of its rows, 五号
    SHEET_HEAD_SIZE = Pt 10.5;
}

/// 5.2.3 lines that fill the text block.
pub(crate) const LINES: u32 = 22;
/// 5.2.3 characters that fill a line.
pub(crate) const CHARACTERS: u32 = 28;
/// 7.2.4 how narrow the letters of a long mark get, as a part of their width.
pub(crate) const MARK_NARROWEST: f64 = 2.0 / 3.0;
/// 6 red: Y80 M80, as cyan, magenta, yellow and black in percent.
pub(crate) const RED_CMYK: [u8; 4] = [0, 80, 80, 0];

/// 5.2.3 the distance of two lines: every line owns its gap.
pub(crate) fn line_pitch() -> Length {
    Length::Mm(BLOCK_HEIGHT.mm() / f64::from(LINES))
}

/// 5.2.3 the distance of two characters.
pub(crate) fn character_pitch() -> Length {
    Length::Mm(BLOCK_WIDTH.mm() / f64::from(CHARACTERS))
}

/// 6 red as its sRGB equivalent.
pub(crate) fn red_srgb() -> [u8; 3] {
    let [c, m, y, k] = RED_CMYK;
    [c, m, y].map(|ink| {
        let dark = u32::from(ink.max(k).min(100)) * 255 / 100;
        u8::try_from(255 - dark).unwrap_or_default()
    })
}

/// What of the geometry a publication or a run chooses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Choices {
    /// 5.2.3: the first line touches the top of the text block and the last its foot.
    pub filled: bool,
    /// 6: red as its sRGB equivalent. Typst writes no CMYK into PDF/A.
    pub srgb: bool,
}

/// The geometry as a Typst module: `#let head-margin = 37mm` and so on, each with its clause.
pub fn typst(choices: Choices) -> String {
    let mut source = String::from("// GB/T 9704-2012, from src/geometry.rs\n");
    for (name, length, clause) in ALL {
        let name = name.to_lowercase().replace('_', "-");
        let value = match length {
            Length::Mm(mm) => format!("{mm}mm"),
            Length::Pt(pt) => format!("{pt}pt"),
        };
        let _ = writeln!(source, "#let {name} = {value} //{clause}");
    }
    let [c, m, y, k] = RED_CMYK;
    let red = if choices.srgb {
        let [r, g, b] = red_srgb();
        format!("rgb({r}, {g}, {b})")
    } else {
        format!("cmyk({c}%, {m}%, {y}%, {k}%)")
    };
    let pitch = if choices.filled {
        "(block-height - body-size) / (lines - 1)"
    } else {
        "block-height / lines"
    };
    let _ = write!(
        source,
        "#let lines = {LINES} // 5.2.3\n\
         #let characters = {CHARACTERS} // 5.2.3\n\
         #let red = {red} // 6\n\
         #let line-pitch = {pitch} // 5.2.3\n\
         #let character-pitch = block-width / characters // 5.2.3\n\
         #let mark-narrowest = {MARK_NARROWEST} // 7.2.4\n"
    );
    source
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grid_fills_the_text_block() {
        assert!((line_pitch().mm() - 10.227).abs() < 0.001);
        assert!((character_pitch().mm() - 5.571).abs() < 0.001);
        assert!((BODY_SIZE.mm() - 5.644).abs() < 0.001);
    }

    #[test]
    fn typst_names_every_measure() {
        let source = typst(Choices::default());
        assert!(source.contains("#let head-margin = 37mm // 5.2.1 head margin"));
        assert!(source.contains("#let body-size = 16pt // 5.2.2"));
        assert_eq!(source.matches("#let ").count(), ALL.len() + 6);
        assert!(source.contains("#let red = cmyk(0%, 80%, 80%, 0%) // 6"));
        let screen = typst(Choices { srgb: true, filled: true });
        assert!(screen.contains("#let red = rgb(255, 51, 51) // 6"));
    }
}
