//! Letters of every length, with every number of organs and attachments: none is refused, and all
//! meet the standard. A sample usually, all of them with `YINFA_LONG=1`.

use super::{Notice, describe, lay, prose};
use crate::support;

const ORGANS: [&str; 5] = [
    "云溪区发展和改革局",
    "云溪区教育局",
    "云溪区民政局",
    "云溪区财政局",
    "云溪区人力资源和社会保障局",
];
const TITLES: [&str; 3] = [
    "关于印发2025年工作要点的通知",
    "\"关于印发云溪区2025年\\n国民经济和社会发展工作要点的通知\"",
    "\"云溪区人民政府办公室\\n关于印发云溪区数字经济高质量发展\\n三年行动计划的通知\"",
];

/// A letter of the sweep.
#[derive(Debug, Clone, Copy)]
struct Letter {
    title: usize,
    lines: usize,
    attachments: usize,
    organs: usize,
    sealed: bool,
    letter: bool,
}

impl Letter {
    /// All that make sense: a letter in letter format has one organ's mark.
    fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for title in 0..TITLES.len() {
            for lines in 1..=30 {
                for attachments in 0..4 {
                    for organs in 1..=ORGANS.len() {
                        for (sealed, letter) in
                            [(true, false), (false, false), (true, true), (false, true)]
                        {
                            if !letter || organs == 1 {
                                all.push(Self {
                                    title,
                                    lines,
                                    attachments,
                                    organs,
                                    sealed,
                                    letter,
                                });
                            }
                        }
                    }
                }
            }
        }
        all
    }

    fn notice(self) -> Notice {
        let list: String = (1..=self.attachments)
            .map(|n| {
                format!("  - {{title: 重点工作清单之{n}, of: letter, kind: text, text: 略。}}\n")
            })
            .collect();
        let mut notice = Notice::new()
            .with("title", TITLES[self.title])
            .with("letter", prose(self.lines * 28 - 10))
            .with("organ", format!("[{}]", ORGANS[..self.organs].join(", ")))
            .with("layout", format!("{{seal: {}}}", self.sealed));
        if self.attachments > 0 {
            notice = notice.with("attachments", format!("\n{list}"));
        }
        if self.letter {
            notice = notice.with("format", "letter").with("mark", ORGANS[0]);
        }
        notice
    }
}

#[test]
fn every_letter_is_laid_out() {
    // A prime, so that a sample has every length, number of organs and form.
    const STEP: usize = 97;
    let all = Letter::all();
    assert!(all.len() >= 2000);
    let step = if support::is_long() { 1 } else { STEP };
    let only = std::env::var("YINFA_GALLERY").ok();
    let wanted =
        |letter: &Letter| only.as_ref().is_none_or(|only| format!("{letter:?}").contains(only));
    let step = if only.is_some() { 1 } else { step };
    let letters: Vec<Letter> = all.into_iter().step_by(step).filter(wanted).collect();
    let half = letters.len().div_ceil(2).max(1);
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = letters
            .chunks(half)
            .map(|letters| {
                scope.spawn(|| letters.iter().filter_map(|l| wrong(*l)).collect::<Vec<_>>())
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), letters.len(), wrong.join("\n"));
}

/// What is wrong with a letter.
fn wrong(letter: Letter) -> Option<String> {
    match lay::try_ready(&letter.notice().project()) {
        Err(refused) => {
            let code = refused.iter().next().map_or("", |problem| problem.code);
            Some(format!("{letter:?}: refused: {code}"))
        }
        Ok(ready) => {
            ready.show(&format!("sweep-{letter:?}").replace([' ', '{', '}', ':', ','], "-"));
            let report = ready.report();
            let failed: String =
                report.failures().map(|clause| describe(&format!("{letter:?}"), clause)).collect();
            (!failed.is_empty()).then_some(failed)
        }
    }
}
