//! How many slips are found, and that right texts are left alone.

use super::*;

fn found(text: &str) -> Vec<(String, String)> {
    let chars: Vec<char> = text.chars().collect();
    let slips = slips(&chars, &Names::default());
    slips.into_iter().map(|slip| (slip.written, slip.proposed)).collect()
}

#[test]
fn the_word_that_fits_is_proposed() {
    for (text, written, proposed) in [
        ("优化城乡环镜。", "环镜", "环境"),
        ("完善配套没施。", "没施", "设施"),
        ("各乡镇人民政俯。", "人民政俯", "人民政府"),
        ("打好污染防治功坚战。", "功坚战", "攻坚战"),
    ] {
        assert!(
            found(text).contains(&(written.into(), proposed.into())),
            "{text}: {:?}",
            found(text)
        );
    }
}

#[test]
fn names_are_words() {
    let text: Vec<char> = "环镜村改造。".chars().collect();
    assert!(!slips(&text, &Names::default()).is_empty());
    assert!(slips(&text, &Names::new(["环镜村"])).is_empty());
    for right in ["联系人：施惠英。", "云政发改〔2025〕3号", "开展“水韵村”评选。"]
    {
        assert_eq!(found(right), [], "{right}");
    }
}

/// The list of slips: those of even lines and of odd lines, found of how many.
#[test]
fn recall() {
    let list = include_str!("slips.txt");
    let mut counts = [(0, 0), (0, 0)];
    for (line, phrase) in list.lines().filter(|line| !line.starts_with('#')).enumerate() {
        let (head, rest) = phrase.split_once('[').expect("a slip");
        let (written, rest) = rest.split_once('|').expect("what is meant");
        let tail = rest.split_once(']').expect("its end").1;
        let place = head.chars().count();
        let text: Vec<char> = format!("{head}{written}{tail}").chars().collect();
        let hit = slips(&text, &Names::default()).iter().any(|slip| slip.range.contains(&place));
        counts[line % 2].0 += usize::from(hit);
        counts[line % 2].1 += 1;
    }
    eprintln!("{counts:?}");
    for (hits, all) in counts {
        assert!(all >= 75 && hits * 10 >= all * 7, "{hits} of {all}");
    }
}
