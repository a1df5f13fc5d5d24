//! A large archive of publications that nobody wrote: the same in every run.

use super::archive::{Archive, Paper};

/// A sequence that is the same in every run.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn roll(&mut self, below: usize) -> usize {
        let (factor, step) = (6_364_136_223_846_793_005, 1_442_695_040_888_963_407);
        self.0 = self.0.wrapping_mul(factor).wrapping_add(step);
        (self.0 >> 33) as usize % below
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.roll(words.len())]
    }
}

const ORGANS: [&str; 8] = [
    "云溪区政府办",
    "云溪区发改局",
    "云溪区教育局",
    "云溪区卫健局",
    "云溪区数据局",
    "云溪区城管局",
    "云溪区文旅局",
    "云溪区人社局",
];
const SUBJECTS: [&str; 10] = [
    "数字政府建设工作要点",
    "教育现代化工作要点",
    "健康云溪建设任务分工",
    "营商环境优化重点任务",
    "城市精细化管理工作方案",
    "文化旅游融合发展要点",
    "就业促进工作安排",
    "乡村全面振兴重点工作",
    "安全生产工作要点",
    "生态环境保护任务清单",
];
const VERBS: [&str; 8] = [
    "加快推进",
    "持续深化",
    "全面加强",
    "着力完善",
    "积极开展",
    "稳步实施",
    "统筹推动",
    "扎实做好",
];
const MATTERS: [&str; 24] = [
    "政务云平台建设",
    "公共数据质量治理",
    "“一件事”联办服务",
    "老旧小区改造",
    "农村公路提升",
    "义务教育优质均衡发展",
    "普惠托育服务",
    "社区养老服务",
    "家庭医生签约",
    "检查结果互认",
    "企业开办便利化",
    "招商引资",
    "专精特新企业培育",
    "知识产权保护",
    "科技成果转化",
    "人才引进",
    "高校毕业生就业",
    "职业技能培训",
    "河道综合整治",
    "大气污染防治",
    "垃圾分类",
    "城市绿地建设",
    "消防安全整治",
    "食品安全监管",
];
const TAILS: [&str; 8] = [
    "健全部门协同机制，明确责任分工和完成时限",
    "完善配套政策，组织开展业务培训和现场指导",
    "落实属地责任，定期通报进展并督促整改",
    "推动数据共享，减少重复填报和材料提交",
    "加大宣传力度，畅通群众意见反馈渠道",
    "强化资金保障，严格项目全过程绩效管理",
    "建立常态化评估机制，及时总结推广典型经验",
    "运用AI和物联网技术，提升监测预警和分析研判能力",
];
const UNITS: [&str; 8] = [
    "区政府办",
    "区发改局",
    "区教育局",
    "区卫健局",
    "区数据局",
    "区城管局",
    "区文旅局",
    "区人社局",
];
const HEADINGS: [&str; 4] = ["夯实工作基础", "优化公共服务", "壮大特色产业", "强化支撑保障"];
const TOPICS: [&str; 5] = ["综合政务", "教育", "卫生健康", "城乡建设", "劳动人事"];

/// So many publications of five years. The last has a word that stands nowhere else.
pub(crate) fn papers(count: usize) -> Vec<Paper> {
    let mut dice = Dice::new(7);
    (0..count)
        .map(|place| {
            let year = 2021 + (place % 5) as u32;
            let kind = place / 5;
            // What makes it another series than the ten others of its kind.
            let subject = format!("{}{}", MATTERS[kind / 10 % MATTERS.len()], SUBJECTS[kind % 10]);
            let mut paper = Paper::new(&format!("p{place:04}"), year, &subject);
            paper.serial = place as u32 + 1;
            paper.month = 1 + dice.roll(12) as u32;
            paper.organ = ORGANS[kind % ORGANS.len()].into();
            paper.topic = TOPICS[kind % TOPICS.len()];
            for heading in HEADINGS {
                let items: Vec<(String, String)> = (0..5).map(|_| item(&mut dice)).collect();
                let items: Vec<(&str, &str)> =
                    items.iter().map(|(text, units)| (text.as_str(), units.as_str())).collect();
                paper = paper.section(heading, &items);
            }
            if place + 1 == count {
                let text = "试点低空经济飞行服务站，开通航线6条。";
                paper.sections[3].1.push((text.into(), "区发改局".into()));
            }
            paper
        })
        .collect()
}

fn item(dice: &mut Dice) -> (String, String) {
    let text = format!(
        "{}{}，全年完成{}项、投资{}亿元，{}；同步{}{}，{}。",
        dice.of(&VERBS),
        dice.of(&MATTERS),
        dice.roll(90) + 3,
        dice.roll(40) + 1,
        dice.of(&TAILS),
        dice.of(&VERBS),
        dice.of(&MATTERS),
        dice.of(&TAILS),
    );
    let first = dice.roll(UNITS.len());
    let second = (first + 1 + dice.roll(UNITS.len() - 1)) % UNITS.len();
    (text, format!("{}, {}", UNITS[first], UNITS[second]))
}

/// The archive of so many publications.
pub(crate) fn archive(count: usize) -> Archive {
    Archive::of(&papers(count))
}
