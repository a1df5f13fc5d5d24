//! Texts that are near a rule, on one side or the other.

use super::{codes, files, run};
use crate::check::example::Example;

/// What the rules say of an item's text.
fn found(text: &'static str) -> Vec<&'static str> {
    codes(&run(&files(Example::Text(text)), None).0)
}

#[test]
fn texts_that_are_right() {
    let mut failed = Vec::new();
    for text in [
        // Full stops.
        "开工重大项目一批（详见《工作方案》）。",
        "开工重大项目一批。（详见《工作方案》）",
        "做到“能办尽办。”",
        "主要任务：\n\n- 开工重大项目一批；\n- 建成投用一批。",
        // Marks.
        "比例达到1:3，16:30前报送1,200份。",
        "见 https://example.com/a,b?c=1:2 的说明。",
        "推广（ISO）和(ISO)标准。",
        "推进“一网通办”“一网统管”，落实《条例》《办法》。",
        "说明：1）抓项目；2）抓服务。",
        "参观d’Arc展览。",
        "完善教育、医疗等公共服务，开展环境、等级评定。",
        "引领示范……树立标杆——全力推进。",
        "云溪—东山快速路、2024—2026年行动方案、2024～2026年计划。",
        "落实国办发〔2018〕39号文件，办理（2018）浙0502民初12号案件。",
        // Blanks.
        "打造 AI 应用场景，接入 API。",
        "贯彻《中共中央 国务院关于打赢脱贫攻坚战的决定》。",
        // Digits and years.
        "成本下降10%～20%，培训10—20人。",
        "电话0570-5550101，编号2-8-1，2025-03-06前报送。",
        "做好2-8号楼改造，3-1地块出让。",
        "服役20年以上的予以更新，近20年来首次，25年期贷款。",
        "6月30日前完成3号地块出让。",
        "完成率达到120%，覆盖率达到100%，满意率提高120%。",
        // Words: two words side by side are no typo.
        "统一受理诉求反映和协同办理事项，落实和协议有关的工作。",
        "自己经营的企业来自已有园区，恢复没有开工的项目。",
        "完善长效机制，研究竞争格局，贯彻消防安全要求，录相关信息。",
        "有关健康产业、通过份额转让、有利于对帐篷的管理。",
        "通讯期刊、投资询价、运输通道、职工做好本职、机构通过评审。",
        "集约利用10亩左右，节约用水5吨左右。",
        "超过预期，规模以上企业增长。",
        // Enumerations.
        "一是抓项目；二是抓招商。（一）抓项目。（二）抓服务。一是再抓项目。",
        "统一是关键，二是抓招商不足。",
        "新增立方体雕塑3处、绿地3000平方米。",
        // Rows of the author's own.
        "一、抓项目。二、抓招商。",
        "一、二级医院各建成一所。",
        "一、二季度各开工一批。",
        "（一）（二）项任务按期完成。",
        // Two organs.
        "落实财政部 税务总局有关规定。",
        // Telephones and codes.
        "拨打0570-5550101转办，编号1234567-2345678项。",
        // Ranks and others than numbers.
        "超过5个县级以上级别项目，超过规定标准以上的不予批准。",
        "防止不作为，避免不合理负担。",
        // Attachments of other documents.
        "按照《工作方案》附件2办理，按照云政办〔2024〕5号附件3办理。",
        // Brackets far apart.
        "比较a<b的情况，开工一批。再比较c>d的情况。",
        // Numbers of other kinds than documents have, and what is numbered by 号.
        "对照审计报告（2025）第310012号整改，发布湖自然资告（2025）1号公告。",
        "确保9月3号线一期试运行，10月2号楼封顶。",
        // Words that go on across a sign.
        "妥善处置涉及到期债务的企业，从教30年底蕴深厚，依法查处目前现状况。",
        "支持20年初心不改、30年末端治理、25年度过难关的企业。",
        // Signs of comparison.
        "浓度<30微克每立方米，优良天数比例>90%，持续改善。",
        "改造管径≤300毫米的管网（含支管）一批。",
        // Days and plans.
        "2024年2月29日为基准日，2月29日前报送。",
        "定于6月3日（星期二）、6月4日（周三）召开会议，6月6日周五下午休会。",
        "2025年是“十四五”规划收官之年，编制“十五五”规划，为2026年“十五五”开局打好基础。",
        // Offices that are there, and those of the past.
        "由区农业农村局、区市场监管局、县文化和旅游局、市自然资源和规划局负责。",
        "做好原区工商局、原区国土局档案移交，撤销区扶贫办。",
        "巩固国家卫生县城创建成果，推动地区规划局部调整。",
        // Laws, phrases.
        "落实《安全生产法》《中华人民共和国消防法》《浙江省安全生产条例》《行政处罚法实施办法》。",
        "落实《网络数据安全管理条例》《中华人民共和国民法典》《中华人民共和国慈善法》。",
        "坚持中国特色社会主义道路，深刻领悟“两个确立”，统筹推进“五位一体”总体布局。",
        "贯彻党的二十大和二十届历次全会精神，坚持马克思列宁主义、毛泽东思想、邓小平理论。",
        "学习习近平经济思想、习近平生态文明思想、习近平法治思想。",
        // Numbers.
        "放要放出活力，管要管出公平，服要服出便利。",
        "聚焦教育、医疗、养老三大领域，新建、改建五条道路，推进东、中、西三片开发。",
        "抓好产业、科技、人才等五项工作，做好以下3项：一是抓项目；二是抓招商；三是抓服务。",
        "第一、第二、第三三个批次，投诉率由5%～3%降至2%。",
        // Words.
        "逐项逐项落实，一个一个过堂，人人参与，想方设法稳得住，实实在在的好处。",
        "扶持长的大树，接的进水管，看的清单，用的好材料。",
        "现象级产品一样推广，对象范围同样适用。",
        // Names and ranks.
        "由组长、副组长分别联系，总结东山镇、西山镇试点经验。",
        "落实《云溪区2024年工作要点》《云溪区2025年工作要点》。",
        // Emphasis and its like.
        "面积为5\\*8米，**重点**抓好。",
        "发送邮件附件2个，附件一并报送。",
    ] {
        let found = found(text);
        if !found.is_empty() {
            failed.push(format!("{text}: {found:?}"));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn texts_that_are_wrong() {
    let mut failed = Vec::new();
    for (text, rule) in [
        ("主要任务：\n\n- 开工重大项目一批；\n- 建成投用一批", "full-stop"),
        ("开工重大项目一批（详见方案）", "full-stop"),
        ("开工重大项目一批；", "full-stop"),
        ("抓项目:开工一批。", "half-width-mark"),
        ("推进AI,抓应用。", "half-width-mark"),
        ("抓项目。。抓招商。", "mark-doubled"),
        ("抓项目，。抓招商。", "mark-doubled"),
        ("抓项目。。。", "ellipsis"),
        ("抓项目…", "ellipsis"),
        ("抓项目----抓招商。", "dash"),
        ("推广“一网通办“应用。", "bracket-unpaired"),
        ("推广”一网通办“应用。", "bracket-unpaired"),
        ("落实《条例、《办法》。", "bracket-unpaired"),
        ("（一抓项目。", "bracket-unpaired"),
        ("办好大会(秋季）。", "half-width-bracket"),
        ("由区委组织部<人才办>牵头。", "half-width-bracket"),
        ("落实国办发【2018】39号文件。", "doc-number"),
        ("落实国办发(2018)39号文件。", "doc-number"),
        ("落实国办发〔2018〕039号文件。", "doc-number"),
        ("完善产业　链。", "space-in-text"),
        ("　　完善产业链。", "space-in-text"),
        ("新建 2所学校。", "space-beside-digit"),
        ("成本下降10-20%。", "range-percent"),
        ("引进项目3-5个。", "range-sign"),
        ("落实2024~2026年方案。", "year-range"),
        ("“十四五”末、24年3月前完成。", "year-short"),
        ("25年上半年完成。", "year-short"),
        ("己经完成部署。", "typo"),
        ("兑现惠企政策，截止2025年底完成。", "typo"),
        ("引进约10个左右项目。", "pleonasm"),
        ("①抓项目，③抓招商。", "enumeration-gap"),
        ("（一）抓项目。（三）抓招商。", "enumeration-gap"),
        ("一是抓项目，一是抓招商，三是抓服务。", "enumeration-gap"),
        ("抓好**项目。", "emphasis-literal"),
        ("补助按参训人数*天数*50元计算。", "asterisk-times"),
        ("规模为长*宽*3米。", "asterisk-times"),
        ("开工一批。（牵头单位：区发改局）", "bracket-in-text"),
        ("开工一批（区发改局、区教育局）。", "bracket-in-text"),
        ("开工一批。（区发改局牵头，东山镇配合）", "bracket-in-text"),
        ("开工一批。\n责任单位：区发改局", "bracket-in-text"),
        ("按附件要求执行（见附件）。", "attachment-missing"),
        ("落实《工作方案》，按附件2办理（见附件2）。", "attachment-missing"),
        ("防止不发生安全事故。", "pleonasm"),
        ("超过一百个以上。", "pleonasm"),
        ("做好部 署工作。", "space-in-text"),
        ("完善教育、等服务，完善医疗、等服务。", "comma-before-deng"),
        ("一、抓项目和招商。", "number-in-text"),
        ("引进项目0.5-1.2万个。", "range-sign"),
        ("绿地面积100KM。", "measure-word"),
        ("产品合格率120%。", "percent-over-100"),
        ("（一）抓项目。", "number-in-text"),
        ("一、抓项目。", "number-in-text"),
        // Days, weekdays, plans.
        ("6月31日前完成设备安装。", "day-impossible"),
        ("于2025年2月29日前报送。", "day-impossible"),
        ("十一月三十一日前完成。", "day-impossible"),
        ("13月5日前完成。", "day-impossible"),
        ("9月31号前完成。", "day-impossible"),
        ("定于6月3日（周三）召开会议。", "weekday-wrong"),
        ("2025年是“十四五”规划的开局之年。", "plan-year"),
        ("2026年是“十四五”规划收官之年。", "plan-year"),
        // Offices of before the reforms.
        ("会同县卫计局建设医共体。", "office-gone"),
        ("市国土资源局负责审批。", "office-gone"),
        ("会同区安监局开展检查。", "office-gone"),
        ("由县扶贫办统筹。", "office-gone"),
        ("会同区食药监局、区质监局推进。", "office-gone"),
        // Laws and phrases.
        ("根据《行政许可条例》办理。", "law-name"),
        ("依照《中华人民共和国个人信息安全保护法》办理。", "law-name"),
        ("依据《中华人民共和国安全生产条例》开展执法。", "law-name"),
        ("贯彻党的二十大和十九届历次全会精神。", "phrase-broken"),
        ("以习近平新时代中国特色的社会主义思想为指导。", "phrase-broken"),
        ("深刻领悟“三个确立”的决定性意义。", "phrase-broken"),
        ("坚持毛泽东思想、马克思列宁主义、邓小平理论。", "phrase-broken"),
        ("推进国家治理体系和治理能力的现代化。", "phrase-broken"),
        // Numbers.
        ("建设教育、医疗、养老、托育三类设施。", "list-count"),
        ("重点抓好以下3项工作：一是抓项目，二是抓招商，三是抓服务，四是抓作风。", "list-count"),
        ("贷款利率保持在5%～3%。", "range-turned"),
        // Words.
        ("推动推动问题化解。", "word-twice"),
        ("项目落的快、产业引的进。", "de-complement"),
        ("象石榴籽一样抱在一起。", "typo"),
        ("优化营商环镜，促进资源共亨。", "misspelling"),
        // Names and ranks.
        ("总结冬山镇试点经验。", "name-almost"),
        ("成立工作专班，由副组长、组长分别联系。", "rank-order"),
        ("落实《云溪区城市更新行动方案》，对照《云溪区城市更新行动的方案》。", "title-cited-twice"),
    ] {
        let found = found(text);
        if !found.contains(&rule) {
            failed.push(format!("{text}: {found:?} without {rule}"));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// The ends of two words that make a wrong one by chance, and names.
#[test]
fn words_that_meet_are_no_typos() {
    let phrases = [
        "工程续建",
        "承担误工",
        "塌陷井盖",
        "来函盖章",
        "通信仿真",
        "课间操做到",
        "统筹画像",
        "随既有",
        "频繁锁定",
        "暂新增",
        "平安祥和",
        "规范筹集",
        "示范筹建",
        "干部暑期",
        "全部暑期",
        "标签属性",
        "抽签定向",
        "第一批露天",
        "违规画线",
        "补充份额",
        "一贯切实",
        "重申清理",
        "科普偏远",
        "人民币端口",
        "防渗露天",
        "未尾随",
        "表决择期",
        "精选拨付",
        "严俊",
        "抵消债务",
    ];
    let fired = |phrase: &&str| {
        let text: &'static str = format!("做好{phrase}等工作。").leak();
        let alone: &'static str = format!("{phrase}。").leak();
        found(text).contains(&"typo") || found(alone).contains(&"typo")
    };
    let fired: Vec<_> = phrases.iter().filter(|phrase| fired(phrase)).collect();
    assert!(fired.is_empty(), "{fired:?}");
}

/// Typos whose first character ends a longer word by chance.
#[test]
fn typos_beside_other_words() {
    for text in [
        "逐项列出台帐并公示。",
        "从教肓入手补短板。",
        "支持区域内科枝创新。",
        "研究部暑下一步任务。",
        "完成第五部份任务。",
        "推动体育进校圆、进社区。",
        "摸清市场须求。",
    ] {
        assert!(found(text).contains(&"typo"), "{text}");
    }
}

#[test]
fn a_comment_above_an_item_covers_it() {
    let items = "# yinfa: allow typo\n- section: 加快发展\n  text: |\n    抓项目，\n    工做部署。\n  units: [区发改局, 东山镇]\n";
    let mut project = files(Example::Items(""));
    project.insert("items.yaml", items.into());
    assert!(codes(&run(&project, None).0).is_empty());
    let second = "- {section: 加快发展, text: 工做部署。, units: [区教育局, 区委组织部]}\n";
    project.insert("items.yaml", format!("{items}{second}"));
    assert_eq!(codes(&run(&project, None).0), ["typo"]);
    // A comment for a rule that is off is not said to be of no use.
    let off = items.replace("typo", "word-choice").replace("工做", "工作");
    project.insert("items.yaml", off);
    assert!(codes(&run(&project, None).0).is_empty());
}
