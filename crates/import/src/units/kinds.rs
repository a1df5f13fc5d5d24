//! Kinds of units, guessed from their names.

use super::names::without_qualifier;
use crate::chars::fold;
use records::content::schema::units::UnitKind;

/// The kind of a unit, and whether its name says so clearly.
pub(crate) fn guess(name: &str) -> (UnitKind, bool) {
    let folded = fold(without_qualifier(name)).into_owned();
    let ends = |words: &[&str]| words.iter().any(|word| folded.ends_with(word));
    let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    if ends(&["领导小组", "领导小组办公室", "指挥部", "专班", "联席会议", "协调小组", "工作组"])
    {
        (UnitKind::Coordinating, true)
    } else if ends(&["人民银行", "人行", "监管分局", "金融监管支局"]) {
        (UnitKind::Dispatched, true)
    } else if ends(&["集团", "公司", "银行", "城投", "交投", "国投"]) {
        (UnitKind::StateOwned, !ends(&["银行"]))
    } else if ends(&["街道", "街道办事处", "街道办", "街办"]) {
        (UnitKind::Subdistrict, true)
    } else if ends(&["镇", "乡", "镇人民政府", "乡人民政府", "镇政府", "乡政府", "苏木"])
    {
        (UnitKind::Township, true)
    } else if has(&[
        "总工会",
        "团委",
        "共青团",
        "妇联",
        "工商联",
        "残联",
        "科协",
        "文联",
        "侨联",
        "红十字会",
        "贸促会",
        "社科联",
        "计生协",
    ]) || ends(&["团区委", "团县委", "团市委", "工会"])
    {
        (UnitKind::Mass, true)
    } else if ends(&[
        "高新区",
        "开发区",
        "经开区",
        "园区",
        "度假区",
        "示范区",
        "新区",
        "保税区",
        "管委会",
        "功能区",
        "产业园",
    ]) {
        (UnitKind::Platform, true)
    } else if ends(&[
        "分局",
        "税务局",
        "气象局",
        "海关",
        "供电局",
        "邮政局",
        "消防救援大队",
        "消防救援支队",
        "烟草局",
        "海事局",
        "统计调查队",
        "调查队",
    ]) {
        (UnitKind::Dispatched, true)
    } else if has(&["区委", "县委", "市委", "省委", "中央", "纪委", "政法委", "党校", "党工委"])
        || ends(&["组织部", "宣传部", "统战部", "网信办", "编办", "直属机关工委"])
    {
        (UnitKind::Party, true)
    } else if ends(&[
        "中心",
        "医院",
        "学校",
        "学院",
        "大学",
        "研究院",
        "馆",
        "电视台",
        "广电台",
        "院",
        "报社",
        "站",
        "供销社",
        "供销联社",
    ]) && !ends(&["法院", "检察院"])
    {
        (UnitKind::Institution, true)
    } else if ends(&["局", "委", "办", "部", "厅", "署", "政府", "办公室", "委员会", "会", "处"])
    {
        (UnitKind::Government, true)
    } else {
        (UnitKind::Other, false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_by_name() {
        for (name, kind) in [
            ("区委组织部", UnitKind::Party),
            ("区融媒体中心", UnitKind::Institution),
            ("区发改局", UnitKind::Government),
            ("区政务办", UnitKind::Government),
            ("区城投集团", UnitKind::StateOwned),
            ("区公安分局", UnitKind::Dispatched),
            ("高新区", UnitKind::Platform),
            ("织里镇", UnitKind::Township),
            ("道场乡", UnitKind::Township),
            ("环渚街道", UnitKind::Subdistrict),
            ("吴兴区推进长三角一体化发展工作领导小组", UnitKind::Coordinating),
            ("区总工会", UnitKind::Mass),
            ("区商务局（驻上海联络处吴兴工作部）", UnitKind::Government),
            ("城关", UnitKind::Other),
        ] {
            assert_eq!(guess(name).0, kind, "{name}");
        }
    }
}
