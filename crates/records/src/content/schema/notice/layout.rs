//! `layout` of a notice: what the standard leaves to the office.

use crate::content::fields::{Fields, Mapping, key};
use base::diag::Words;

/// How the lines fill the text block (GB/T 9704 5.2.3).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Grid {
    /// Every line owns its gap: 225/22 mm.
    #[default]
    OwnGap,
    /// The first line touches the top of the text block and the last its foot.
    Filled,
}

/// Where the imprint stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ImprintSide {
    /// On the last even page: the document is printed on both sides of the paper.
    #[default]
    Even,
    /// On the last page.
    Last,
}

/// Names of units in running text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Names {
    /// They are broken across lines as other words, so that lines are full.
    #[default]
    Break,
    /// They are kept whole, and lines end where they do.
    Whole,
}

/// Choices of layout that the standard leaves open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LayoutRecord {
    /// The grid of lines.
    pub grid: Option<Grid>,
    /// The imprint's side.
    pub imprint: Option<ImprintSide>,
    /// Whether seals are put on the sign-off.
    pub seal: Option<bool>,
    /// Seals in a row of a joint sign-off, 1 to 3; as many as fit when left out.
    pub seals_per_row: Option<u32>,
    /// Names of units in running text.
    pub names: Option<Names>,
}

impl LayoutRecord {
    pub(super) fn or(self, defaults: &Self) -> Self {
        Self {
            grid: self.grid.or(defaults.grid),
            imprint: self.imprint.or(defaults.imprint),
            seal: self.seal.or(defaults.seal),
            seals_per_row: self.seals_per_row.or(defaults.seals_per_row),
            names: self.names.or(defaults.names),
        }
    }
}

impl Mapping for LayoutRecord {
    const NAME: &'static str = "layout";
    const WHAT: Words =
        Words::new("版式设置（grid、imprint 等）", "settings of the layout (grid, imprint, …)");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let grids = [("own-gap", Grid::OwnGap), ("filled", Grid::Filled)];
        let grid = key(
            "grid",
            "行距",
            "`own-gap` (default: 225/22 mm a line) or `filled` (first line at the top, last at the foot)",
        );
        let sides = [("even", ImprintSide::Even), ("last", ImprintSide::Last)];
        let imprint = key(
            "imprint",
            "版记在末页还是最后一个双页",
            "the imprint on the last even page (`even`, default) or on the last page",
        );
        let seal = key("seal", "false：落款不盖章", "`false` for a sign-off without seal");
        let per_row =
            key("seals_per_row", "联合行文一行几个印章", "seals in a row of a joint notice");
        let kinds = [("break", Names::Break), ("whole", Names::Whole)];
        let names = key(
            "names",
            "正文中的单位名称可否跨行：break（默认，各行排满）或whole（名称不拆开）",
            "names of units in running text: `break` (default: every line is full) or `whole` (a name is never divided)",
        );
        Some(Self {
            grid: fields.choice(grid, &grids).map(|g| g.value),
            imprint: fields.choice(imprint, &sides).map(|i| i.value),
            seal: fields.flag(seal),
            seals_per_row: fields.choice(per_row, &[("1", 1), ("2", 2), ("3", 3)]).map(|n| n.value),
            names: fields.choice(names, &kinds).map(|n| n.value),
        })
    }
}
