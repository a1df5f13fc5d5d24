//! Series of items come back with their numbers, wherever they begin.

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestRunner;

use super::{cases, publication};

/// The numbers of two sections.
#[derive(Debug, Clone)]
struct Series {
    first: u32,
    counts: [u32; 2],
    /// Whether the second section goes on where the first one ends.
    goes_on: bool,
    sign: (&'static str, &'static str),
    form: Form,
}

#[derive(Debug, Clone, Copy)]
enum Form {
    Text,
    /// A numbered list of a page.
    List,
    Table,
}

fn series() -> impl Strategy<Value = Series> {
    (
        select(vec![0, 1, 2, 9, 299, 300, 301, 998, 999, 1000, 1001, 2024, 9970]),
        [2..7u32, 2..7u32],
        any::<bool>(),
        select(vec![("", "．"), ("", "."), ("", "、"), ("（", "）")]),
        select(vec![Form::Text, Form::List, Form::Table]),
    )
        .prop_map(|(first, counts, goes_on, sign, form)| Series {
            first,
            counts,
            goes_on,
            sign,
            form,
        })
}

impl Series {
    fn numbers(&self) -> [Vec<u32>; 2] {
        let [one, two] = self.counts;
        let second = if self.goes_on { self.first + one } else { self.first };
        [(self.first..self.first + one).collect(), (second..second + two).collect()]
    }

    fn write(&self) -> String {
        let (begin, end) = self.sign;
        let item = |n: &u32| format!("推进第{n}项工作。（责任单位：区教育局）");
        let section = |(heading, numbers): (&str, &Vec<u32>)| match self.form {
            Form::Text => {
                let items = numbers.iter().map(|n| format!("{begin}{n}{end}{}\n", item(n)));
                format!("{heading}\n{}", items.collect::<String>())
            }
            Form::List => {
                let items = numbers.iter().map(|n| format!("<li>{}</li>", item(n)));
                let first = numbers[0];
                format!("<p>{heading}</p><ol start=\"{first}\">{}</ol>", items.collect::<String>())
            }
            Form::Table => {
                let rows = numbers.iter().map(|n| {
                    format!("<tr><td>{n}</td><td>推进第{n}项工作。</td><td>区教育局</td></tr>")
                });
                let head = "<tr><td>序号</td><td>任务</td><td>责任单位</td></tr>";
                let rows = rows.collect::<String>();
                format!("<p>{heading}</p><table>{head}{rows}</table>")
            }
        };
        let [one, two] = self.numbers();
        let body = section(("一、发展", &one)) + &section(("二、落实", &two));
        match self.form {
            Form::Text => format!("关于印发2025年工作要点的通知\n\n2025年工作要点\n\n{body}"),
            _ => format!("<h1>关于印发2025年工作要点的通知</h1><h1>2025年工作要点</h1>{body}"),
        }
    }
}

#[test]
fn series_come_back_with_their_numbers() {
    let config =
        ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases()) };
    TestRunner::new(config)
        .run(&series(), |series| {
            let back = publication(series.write().as_bytes())?;
            let expected: Vec<(u32, String)> = (series.numbers().concat().into_iter())
                .map(|n| (n, format!("推进第{n}项工作。")))
                .collect();
            let found: Vec<(u32, String)> = (back.items.iter())
                .map(|item| (item.number, item.parts[0].text.plain().trim().to_string()))
                .collect();
            prop_assert_eq!(found, expected);
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
}
