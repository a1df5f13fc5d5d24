mod titles;

use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use self::titles::{NAMES, TITLES, Title, UNSEEN};
use super::words::{Dictionary, Segment};
use super::{Width, break_title, break_with};

/// Titles broken in the best way, in a fair one, otherwise.
fn score(titles: &[Title], segmenter: &dyn Segment, name: &str) -> [usize; 3] {
    let mut score = [0; 3];
    for title in titles {
        let text = title.best[0].replace('/', "");
        let broken = break_with(&text, &NAMES, Width::default(), segmenter).join("/");
        let hit = |list: &[&str]| list.contains(&broken.as_str());
        let place = if hit(title.best) {
            0
        } else if hit(title.fair) {
            1
        } else {
            2
        };
        if place > 0 {
            println!(
                "{name} {}: {broken}\n     best: {}",
                ["best", "fair", "POOR"][place],
                title.best[0]
            );
        }
        score[place] += 1;
    }
    println!("{name}: {} best, {} fair, {} poor of {}", score[0], score[1], score[2], titles.len());
    score
}

#[test]
fn the_dictionary_is_good() {
    let words = "关于印发残疾人就业优化营商环境和学业水平考试";
    let ends: Vec<&str> = {
        let mut start = 0;
        let ends = Dictionary.ends(words);
        ends.into_iter().map(|end| &words[std::mem::replace(&mut start, end)..end]).collect()
    };
    assert_eq!(ends.join("|"), "关于|印发|残疾人|就业|优化|营商|环境|和|学业|水平|考试");
}

#[test]
fn titles_break_as_a_clerk_would_break_them() {
    let seen = score(&TITLES, &Dictionary, "jieba");
    let unseen = score(&UNSEEN, &Dictionary, "jieba, unseen");
    assert_eq!([seen[2], unseen[2]], [0, 0], "see the list above");
    assert!(seen[0] >= 55 && unseen[0] >= 15, "{seen:?} {unseen:?}");
}

/// The table itself: a break that does not fit would ask for the impossible.
#[test]
fn what_is_asked_for_fits() {
    let width = Width::default();
    for title in TITLES.iter().chain(&UNSEEN) {
        for broken in title.best.iter().chain(title.fair) {
            assert_eq!(broken.replace('/', ""), title.best[0].replace('/', ""));
            for line in broken.split('/') {
                assert!(width.of(line) <= width.line(), "{line} {}", width.of(line));
            }
        }
    }
}

fn lines(title: &str, width: f64) -> Vec<String> {
    break_title(title, &NAMES, Width::em(width))
}

#[test]
fn an_authors_break_wins() {
    let title = "青溪区人民政府\n办公室关于印发\n 数字化工作要点的通知\n";
    assert_eq!(lines(title, 20.1), ["青溪区人民政府", "办公室关于印发", "数字化工作要点的通知"]);
    // A line of the author's that is too long is broken by itself.
    let title = "中共青溪区委办公室\n关于印发《青溪区“十四五”应急体系建设规划》的通知";
    assert_eq!(lines(title, 20.1).len(), 3);
}

#[test]
fn what_fits_stays_whole() {
    assert_eq!(lines("通知", 20.1), ["通知"]);
    assert_eq!(lines("", 20.1), [""; 0]);
    assert_eq!(lines(" \n ", 20.1), [""; 0]);
    let exactly = "二十个汉字的标题占满一行不多不少还没折行";
    assert_eq!(lines(exactly, 20.0), [exactly]);
    assert_eq!(lines(exactly, 19.9).len(), 2);
}

/// Most titles fit, and need not wait for a dictionary.
#[test]
fn what_fits_needs_no_dictionary() {
    struct Unasked;
    impl Segment for Unasked {
        fn ends(&self, text: &str) -> Vec<usize> {
            panic!("asked for the words of {text}")
        }
    }
    let titles = [
        "关于印发青溪区防汛应急预案的通知",
        "青溪区人民政府办公室\n关于印发青溪区防汛应急预案的通知",
    ];
    for title in titles {
        let broken = break_with(title, &NAMES, Width::default(), &Unasked);
        assert_eq!(broken, title.lines().collect::<Vec<_>>());
    }
}

#[test]
fn nothing_given_breaks_a_rule_that_can_be_kept() {
    // Without the names, 区 and 人民政府 would be fair places.
    let title = "关于同意成立青溪区安全生产委员会的批复";
    for width in [13.0, 14.0, 16.0] {
        let lines = lines(title, width);
        assert!(lines.iter().any(|line| line.contains("青溪区安全生产委员会")), "{lines:?}");
    }
    // The name and its 的批复 are longer than this line: between the words of the name.
    assert_eq!(lines(title, 12.0).last().map(String::as_str), Some("安全生产委员会的批复"));
    // A name longer than the line, between its words.
    let names = ["青溪区第四次全国经济普查领导小组办公室"];
    let lines = break_title("青溪区第四次全国经济普查领导小组办公室通知", &names, Width::em(12.0));
    assert_eq!(lines.concat(), "青溪区第四次全国经济普查领导小组办公室通知");
    assert!(!lines[0].ends_with(['第', '四', '全', '经', '普', '领', '小']), "{lines:?}");
    // Latin words and numbers.
    for width in [9.0, 10.0, 11.0, 12.0] {
        let lines = lines_of("关于推广应用DeepSeek和5G技术的10万台PM2.5监测设备的函", width);
        for whole in ["DeepSeek", "5G", "10万台", "PM2.5"] {
            assert!(lines.iter().any(|line| line.contains(whole)), "{width} {lines:?}");
        }
    }
}

#[test]
fn numbers_side_by_side_are_not_one() {
    let title = "青溪区人民政府办公室关于印发《青溪区河道管理办法》〔2025〕3号2025年工作方案的通知";
    let broken = lines(title, 20.1);
    let book = "《青溪区河道管理办法》";
    assert!(broken.iter().any(|line| line.contains(book)), "{broken:?}");
    assert_eq!(broken.len(), 3);
    // Units that are no date, numbers in brackets one after another.
    let title = "关于〔2025〕3号〔2025〕4号〔2025〕5号2025年28项2025年28项工作方案的通知";
    for width in [8.0, 9.0, 10.0] {
        let broken = lines(title, width);
        for whole in ["〔2025〕3号", "〔2025〕4号", "〔2025〕5号", "28项"] {
            assert!(broken.iter().any(|line| line.contains(whole)), "{width} {broken:?}");
        }
    }
    // A date is one.
    for date in ["2025年12月31日18时", "2025年1—6月", "二〇二五年三月十五日", "三月十五日"]
    {
        let title = format!("关于全区{date}食品安全工作的通知");
        for width in 10..16 {
            let broken = lines(&title, f64::from(width));
            assert!(broken.iter().any(|line| line.contains(date)), "{width} {broken:?}");
        }
    }
}

fn lines_of(title: &str, width: f64) -> Vec<String> {
    break_title(title, &[], Width::em(width))
}

#[test]
fn the_callers_advances_count() {
    let title = "关于AAAAAAAAAA的通知";
    assert_eq!(lines_of(title, 10.0).len(), 2);
    let narrow = |c: char| if c.is_ascii() { 0.1 } else { 1.0 };
    let width = Width::em(10.0).measured_by(&narrow);
    assert_eq!(break_title(title, &[], width).len(), 1);
}

const MARKS: &str = "《》（）〔〕“”、，和与及的12年月第三批项Ag. -—\u{301}\u{3000}\u{1f468}\u{200d}青溪区发展通知\n";

fn any_title() -> impl Strategy<Value = String> {
    let chars: Vec<char> = MARKS.chars().collect();
    prop_oneof![
        proptest::collection::vec(proptest::sample::select(chars), 0..500)
            .prop_map(|chars| chars.into_iter().collect()),
        proptest::collection::vec(any::<char>(), 0..120)
            .prop_map(|chars| chars.into_iter().collect()),
        "[a-zA-Z ]{0,300}",
    ]
}

const ORGANS: [&str; 4] =
    ["青溪区人民政府办公室", "中共青溪区委办公室青溪区人民政府办公室", "青溪区财政局", ""];
const OBJECTS: [&str; 15] = [
    "2025年",
    "2025年1—6月",
    "2025年12月31日",
    "二〇二五年三月十五日",
    "28项",
    "第二批",
    "三年行动",
    "《青溪区河道管理办法》",
    "“十四五”",
    "（试行）",
    "数字化",
    "青溪区安全生产委员会",
    "5G",
    "食品安全",
    "〔2025〕3号",
];

fn likely_title() -> impl Strategy<Value = String> {
    let object =
        (proptest::sample::select(&OBJECTS[..]), proptest::sample::select(&["", "、", "和"][..]));
    (
        proptest::sample::select(&ORGANS[..]),
        proptest::sample::select(&["印发", "加快推进", "做好"][..]),
        proptest::collection::vec(object, 1..9),
    )
        .prop_map(|(organ, verb, objects)| {
            let objects: String =
                objects.iter().flat_map(|(object, joint)| [*object, *joint]).collect();
            format!("{organ}关于{verb}{objects}工作方案的通知")
        })
}

/// Fewer cases than usual, for long titles take their time; PROPTEST_CASES asks for more.
fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    let asked = std::env::var_os("PROPTEST_CASES").is_some();
    let cases = if asked { usual.cases } else { 100 };
    ProptestConfig { cases, failure_persistence: None, ..usual }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn nothing_is_lost_and_every_line_fits(title in any_title(), width in 2.0..30.0) {
        let lines = lines(&title, width);
        let kept: String = title.lines().map(str::trim).collect();
        prop_assert_eq!(lines.concat(), kept);
        let width = Width::em(width);
        for line in &lines {
            let line = line.trim_end();
            prop_assert!(
                width.of(line) <= width.line() + 1e-9 || line.graphemes(true).count() == 1,
                "{:?}", line
            );
        }
    }

    #[test]
    fn no_rule_is_broken_that_can_be_kept(title in likely_title()) {
        let lines = lines(&title, 20.1);
        prop_assert_eq!(&lines.concat(), &title);
        let whole: Vec<&str> = OBJECTS.iter().copied().filter(|o| o.chars().count() > 1).collect();
        let mut text = String::new();
        for line in &lines {
            prop_assert!(lines.len() == 1 || line.chars().count() > 2, "{:?}", lines);
            prop_assert!(!line.starts_with(['的', '、', '》', '”', '）', '〕', '等']), "{:?}", lines);
            prop_assert!(!line.ends_with(['《', '“', '（', '〔']), "{:?}", lines);
            text.push_str(line);
            prop_assert!(text == title || !line.ends_with('和'), "{:?}", lines);
        }
        for whole in whole {
            let in_lines: usize = lines.iter().map(|line| line.matches(whole).count()).sum();
            prop_assert_eq!(in_lines, title.matches(whole).count(), "{} {:?}", whole, lines);
        }
        prop_assert!(lines.last().is_some_and(|line| line.contains("的通知")));
    }
}
