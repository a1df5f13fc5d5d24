//! Both engines on the fonts of this machine; where those or the command are not installed, a
//! test says so and passes.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::*;
use base::diag::{Diagnostics, Severity};

/// The installed fonts, loaded once: the 仿宋 of the user's folder if it is there.
fn fonts() -> Option<Arc<Fonts>> {
    static FONTS: OnceLock<Option<Arc<Fonts>>> = OnceLock::new();
    let find = || {
        let mut settings = fonts::tests::installed()?;
        let home = std::env::var_os("HOME").map(PathBuf::from);
        settings.system_dirs = system_font_dirs(home.as_deref());
        let (fonts, diagnostics) = Fonts::find(&settings);
        assert!(!diagnostics.has_errors(), "{diagnostics:?}");
        Some(Arc::new(fonts))
    };
    FONTS.get_or_init(find).clone()
}

fn embedded() -> Option<EmbeddedEngine> {
    Some(EmbeddedEngine::new(fonts()?, Standards::default()))
}

fn command(standards: Standards) -> Option<CommandEngine> {
    let program = find_program(Path::new("typst"), std::env::var_os("PATH").as_deref());
    let Some(program) = program else {
        eprintln!("skipped: the typst command is not installed");
        return None;
    };
    match CommandEngine::new(&program, fonts()?, standards) {
        Ok(engine) => Some(engine),
        Err(problem) => {
            eprintln!("skipped: {problem:?}");
            None
        }
    }
}

/// A document with every role, headings, a table with a head, quotes and a second file.
fn sample(fonts: &Fonts) -> Job {
    let mut lib = String::from("#let roles = (\n");
    for role in Role::ALL {
        let (key, list, weight) = (role.key(), fonts.typst_font_list(role), fonts.weight(role));
        lib.push_str(&format!("  {key}: (font: {list}, weight: {weight}),\n"));
    }
    lib.push_str(")\n");
    let main = r#"#import "/lib.typ": roles
#set document(title: "关于“样张”的通知", author: "办公室", keywords: ("样张",))
#set page(width: 210mm, height: 297mm, margin: (top: 37mm, left: 28mm, right: 26mm))
#set text(lang: "zh", region: "cn", size: 16pt, fallback: false, cjk-latin-spacing: none, ..roles.body)
#set par(justify: true, first-line-indent: (amount: 2em, all: true))
#show heading.where(level: 1): set text(size: 16pt, ..roles.hei)
#show heading.where(level: 2): set text(size: 16pt, ..roles.kai)
#show strong: set text(weight: 700)
#align(center, text(size: 22pt, ..roles.title)[关于“样张”的通知])
= 一、总体要求“引号”
== （一）主要目标“引号”——破折号……
正文：坚持“一张蓝图绘到底”，‘单引号’，全年完成投资12.5亿元，English text 2024——“十四五”……镕堃喆玥珺璟。
*加粗的字*和没有加粗的字。
#text(..roles.song)[宋体：“引号”——……— 1 —]
#table(columns: 3, table.header[序号][任务][单位], [1], [甲“乙”], [丙], [2], [丁], [戊])
"#;
    Job {
        main: main.into(),
        files: vec![("/lib.typ".into(), lib.into())],
        label: "样张".into(),
        date: Some((2024, 3, 15)),
    }
}

fn of(main: &str) -> Job {
    let main = format!("#set text(font: \"LXGW WenKai\", fallback: false)\n{main}");
    Job { main, label: "件".into(), ..Job::default() }
}

/// The one error that an engine reports, and its detail.
fn error(engine: &dyn Engine, job: &Job) -> (&'static str, String) {
    let problems: Diagnostics = engine.pdf(job).map(|_| ()).unwrap_err();
    let mut errors = problems.into_iter().filter(|d| d.severity == Severity::Error);
    let error = errors.next().unwrap();
    (error.code, error.detail.clone().unwrap_or_default())
}

#[test]
fn both_engines_give_the_same_bytes() {
    let standards = [vec![], vec!["a-2a", "ua-1"]];
    for standards in standards.map(|names| Standards::new(&names).unwrap()) {
        let Some(fonts) = fonts() else { return };
        let Some(command) = command(standards.clone()) else {
            return;
        };
        let embedded = EmbeddedEngine::new(fonts.clone(), standards.clone());
        assert_eq!(embedded.version(), command.version());
        // An archive's standard asks for a date.
        let undated = standards.names().is_empty().then_some(None);
        let dates = [Some((2024, 3, 15)), Some((1949, 10, 1))];
        for date in dates.into_iter().chain(undated) {
            let job = Job { date, ..sample(&fonts) };
            let ours = embedded.pdf(&job).unwrap();
            let theirs = command.pdf(&job).unwrap();
            assert!(ours.warnings.is_empty(), "{:?}", ours.warnings);
            assert_eq!(ours.pages, theirs.pages);
            assert!(ours.bytes == theirs.bytes, "{date:?}: the bytes differ");
            let has_date = ours.bytes.windows(13).any(|w| w == b"/CreationDate");
            assert_eq!(has_date, date.is_some());
        }
    }
}

#[test]
fn threads_and_eviction_change_nothing() {
    let Some(engine) = embedded() else { return };
    let job = sample(&fonts().unwrap());
    let first = engine.pdf(&job).unwrap().bytes;
    let all: Vec<Vec<u8>> = std::thread::scope(|scope| {
        let run = || {
            let bytes = engine.pdf(&job).unwrap().bytes;
            evict(0);
            [bytes, engine.pdf(&job).unwrap().bytes]
        };
        let threads: Vec<_> = (0..2).map(|_| scope.spawn(run)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert!(all.iter().all(|bytes| *bytes == first));
}

#[test]
fn every_role_is_drawn_in_its_own_face() {
    let Some(engine) = embedded() else { return };
    let fonts = fonts().unwrap();
    for role in Role::ALL {
        let (list, weight) = (fonts.typst_font_list(role), fonts.weight(role));
        let job = of(&format!("#set text(font: {list}, weight: {weight})\n文a1“”"));
        let laid = engine.lay_out(&job).unwrap();
        let mut drawn = Vec::new();
        faces_of(&laid.document.pages()[0].frame, &mut drawn);
        for (c, family, weight) in drawn {
            let face = fonts.covers(role, c).unwrap();
            assert_eq!((face.family(), face.weight()), (&*family, weight), "{role:?} {c}");
        }
    }
}

fn faces_of(frame: &typst::layout::Frame, drawn: &mut Vec<(char, String, u16)>) {
    for (_, item) in frame.items() {
        match item {
            typst::layout::FrameItem::Group(group) => faces_of(&group.frame, drawn),
            typst::layout::FrameItem::Text(text) => {
                let info = text.font.info();
                let face = (info.family.clone(), info.variant.weight.to_number());
                drawn.extend(text.text.chars().map(|c| (c, face.0.clone(), face.1)));
            }
            _ => {}
        }
    }
}

#[test]
fn marks_of_chinese_text_are_as_wide_as_a_character() {
    let Some(engine) = embedded() else { return };
    let fonts = fonts().unwrap();
    for role in Role::ALL {
        let (list, weight) = (fonts.typst_font_list(role), fonts.weight(role));
        for mark in ["“", "”", "‘", "’", "——", "……"] {
            let width = 10 * (2 + mark.chars().count());
            let main = format!(
                "#set text(font: {list}, weight: {weight}, size: 10pt, lang: \"zh\")\n\
                 #context assert.eq(measure(box[文{mark}文]).width, {width}pt)"
            );
            let result = engine.pdf(&of(&main));
            assert!(result.is_ok(), "{role:?} {mark}: {result:?}");
        }
    }
}

#[test]
fn a_character_that_no_font_has_is_an_error_that_names_it() {
    let Some(embedded) = embedded() else { return };
    let job = of("第一行\n\n含\u{e123}的行");
    let (code, detail) = error(&embedded, &job);
    assert_eq!((code, detail.contains("的行")), ("glyph-missing", true));
    let problems = embedded.pdf(&job).unwrap_err();
    let message = problems.iter().next().unwrap().message.get(base::diag::Lang::Zh).to_owned();
    assert!(message.contains("U+E123") && message.contains("LXGW WenKai"), "{message}");
    let Some(command) = command(Standards::default()) else {
        return;
    };
    assert_eq!(error(&command, &job), ("glyph-missing", "/main.typ".into()));
}

#[test]
fn what_a_job_may_not_do_is_refused_by_both_engines() {
    let Some(embedded) = embedded() else { return };
    let command = command(Standards::default());
    let mut engines: Vec<&dyn Engine> = vec![&embedded];
    engines.extend(command.as_ref().map(|command| command as &dyn Engine));
    for engine in engines {
        let check = |main: &str, code: &str, words: &str| {
            let (found, detail) = error(engine, &of(main));
            assert_eq!(found, code, "{}: {main}: {detail}", engine.name());
            assert!(detail.contains(words), "{}: {main}: {detail}", engine.name());
        };
        check("#set text(font: \"没有\")\n文", "typst-font-unknown", "没有");
        check("#import \"@preview/cetz:0.3.0\"", "typst-package-refused", "package");
        check("#read(\"/etc/passwd\")", "typst-error", "file not found");
        check("#read(\"../secret\")", "typst-error", "escape");
        check("#read(\"/lib.typ\")", "typst-error", "file not found");
        check("文\n#nope", "typst-error", "main.typ:3:");
        check("文\n#nope", "typst-error", "#nope");
        let job = Job { date: Some((2023, 2, 29)), ..of("文") };
        assert_eq!(error(engine, &job).0, "typst-date");
        for path in ["lib.typ", "/../lib.typ", "/main.typ", "/"] {
            let files = vec![(path.to_owned(), Arc::from("文"))];
            assert_eq!(error(engine, &Job { files, ..of("文") }).0, "typst-path", "{path}");
        }
    }
}

#[test]
fn a_warning_of_typst_is_passed_on_and_does_not_stop() {
    let Some(engine) = embedded() else { return };
    // An undecided layout: each round counts one more.
    let job = of(
        "#let c = counter(\"c\")\n#context { for _ in range(c.final().at(0) + 1) { c.step() } }文",
    );
    let pdf = engine.pdf(&job).unwrap();
    let warning = pdf.warnings.iter().next().unwrap();
    assert_eq!((warning.code, warning.severity), ("typst-warning", Severity::Warning));
    assert!(warning.detail.as_deref().unwrap().contains("converge"));
}

#[test]
fn today_is_the_date_of_the_job() {
    let Some(engine) = embedded() else { return };
    let job = of("#assert.eq(datetime.today(), datetime(year: 2024, month: 3, day: 15))文");
    let dated = Job { date: Some((2024, 3, 15)), ..job.clone() };
    assert!(engine.pdf(&dated).is_ok());
    assert_eq!(error(&engine, &job).0, "typst-error");
}
