//! Pages as SVG, for showing them.

use typst_svg::SvgOptions;

use super::embedded::Laid;

/// A page as a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct SvgPage {
    /// The picture, with every letter as an outline: it needs no font.
    pub svg: String,
    /// Width in millimetres.
    pub width: f64,
    /// Height in millimetres.
    pub height: f64,
}

impl Laid {
    /// The pages as pictures.
    pub fn svg(&self) -> Vec<SvgPage> {
        let options = SvgOptions::default();
        let pages = self.document.pages().iter();
        pages
            .map(|page| {
                let size = page.frame.size();
                let svg = typst_svg::svg(page, &options);
                SvgPage { svg, width: size.x.to_mm(), height: size.y.to_mm() }
            })
            .collect()
    }
}
