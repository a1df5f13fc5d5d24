//! What sites put around a notice changes nothing of its items, and their words in its text stay.

use std::path::PathBuf;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::test_runner::TestRunner;

use super::{cases, publication, table};

const HEADS: [&str; 14] = [
    "首页 > 政务公开 > 文件",
    "当前位置：首页 > 政策文件",
    "【字体：大 中 小】",
    "来源：区府办　责任编辑：林某",
    "主办单位：区委宣传部",
    "承办单位：某某新闻网",
    "主管单位：某某县人民政府",
    "浏览次数：128",
    "分享到：微信 微博",
    "无障碍浏览",
    "发布时间：2025-01-22 09:12",
    "责任部门：区信息中心",
    "政务服务",
    "政务公开",
];
const FEET: [&str; 14] = [
    "上一篇：关于公布节假日安排的通知",
    "下一篇：关于印发方案的通知",
    "主办：某某区人民政府　承办：某某区数据局",
    "主办单位：某某区人民政府办公室",
    "联系电话：0000-0000000",
    "某ICP备00000000号",
    "网站标识码：0000000001",
    "分享到：微信 微博",
    "【我要纠错】【打印此页】【关闭窗口】",
    "相关链接：",
    "某某人才网",
    "版权所有 某某区人民政府",
    "技术支持：某某公司",
    "网站地图",
];
/// Sentences of tasks with words that sites have.
const PHRASES: [&str; 8] = [
    "加强技术支持。",
    "推广“扫一扫”。",
    "提升网站访问量。",
    "规范版权所有标注。",
    "办好联系我们栏目。",
    "统计浏览次数。",
    "推进政务公开、政务服务。",
    "落实此件公开发布要求。",
];

/// A notice that is there without the texts outside of the repository.
pub(super) const SMALL: &str = "关于印发2025年工作要点的通知\n各镇人民政府，区各有关部门：\n现予印发，请认真落实。\n某某区人民政府办公室\n2025年2月18日\n2025年工作要点\n一、政务公开\n1.推进数字化。（牵头单位：区发改局；责任单位：区财政局）\n2.规范发布。\n责任单位：区政务公开办\n二、政务服务\n3.办好实事。（责任单位：区数据局、织里镇，6月底前完成）";

fn notices() -> Vec<String> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let shared = root.join(std::env::var_os("YINFA_SHARED").unwrap_or("../shared".into()));
    let files = std::fs::read_dir(shared.join("corpus")).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = files.map(|entry| entry.path()).collect();
    paths.sort();
    let texts = paths.iter().filter(|path| path.extension().is_some_and(|end| end == "txt"));
    let found: Vec<String> = texts.filter_map(|path| std::fs::read_to_string(path).ok()).collect();
    if found.is_empty() {
        eprintln!("the notices outside of the repository are not there: one of its own is tried");
    }
    std::iter::once(SMALL.to_string()).chain(found).collect()
}

/// What is put around and into a notice.
#[derive(Debug, Clone)]
struct Around {
    notice: usize,
    head: Vec<&'static str>,
    foot: Vec<&'static str>,
    phrase: &'static str,
    /// Every so many-th bracket gets the phrase before it.
    every: usize,
    gap: bool,
}

fn around(notices: usize) -> impl Strategy<Value = Around> {
    (
        0..notices,
        subsequence(HEADS.to_vec(), 0..5).prop_shuffle(),
        subsequence(FEET.to_vec(), 0..6).prop_shuffle(),
        select(PHRASES.to_vec()),
        (1..9usize, any::<bool>()),
    )
        .prop_map(|(notice, head, foot, phrase, (every, gap))| Around {
            notice,
            head,
            foot,
            phrase,
            every,
            gap,
        })
}

impl Around {
    fn write(&self, notice: &str) -> String {
        let mut out: Vec<String> = self.head.iter().map(|line| line.to_string()).collect();
        if self.gap {
            out.push(String::new());
        }
        let mut brackets = 0;
        for line in notice.lines() {
            let at = line
                .rfind('（')
                .filter(|&at| line[..at].ends_with('。') && line.contains("负责）"));
            match at {
                Some(at) => {
                    brackets += 1;
                    let phrase = if brackets % self.every == 0 { self.phrase } else { "" };
                    out.push(format!("{}{phrase}{}", &line[..at], &line[at..]));
                }
                None => out.push(line.to_string()),
            }
        }
        if self.gap {
            out.push(String::new());
        }
        out.extend(self.foot.iter().map(|line| line.to_string()));
        out.join("\n")
    }
}

#[test]
fn sites_change_nothing_of_the_items() {
    let notices = notices();
    let plain: Vec<Vec<table::Read>> =
        notices.iter().map(|text| table::read(&publication(text.as_bytes()).unwrap())).collect();
    let config =
        ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases() / 2) };
    TestRunner::new(config)
        .run(&around(notices.len()), |around| {
            let text = around.write(&notices[around.notice]);
            let found = table::read(&publication(text.as_bytes())?);
            let expected = &plain[around.notice];
            prop_assert_eq!(found.len(), expected.len());
            for (item, expected) in found.iter().zip(expected) {
                let without = item.text.replace(around.phrase, "");
                prop_assert_eq!(&without, &expected.text);
                prop_assert_eq!(&item.units, &expected.units);
                prop_assert_eq!(&item.leads, &expected.leads);
                prop_assert_eq!(&item.deadline, &expected.deadline);
                prop_assert_eq!(&item.section, &expected.section);
            }
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
}
