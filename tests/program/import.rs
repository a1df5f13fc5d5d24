//! `yinfa import`: notices in the styles that offices write to records that list and build.

use serde_json::Value;

use crate::support::{Project, Run, html_text, shared, without_blanks};

/// A project without content, and a file in it.
fn with(name: &str, bytes: impl AsRef<[u8]>) -> Project {
    Project::empty().file(name, bytes)
}

/// Imports a text and lists its items.
#[track_caller]
fn items(text: &str) -> Vec<Value> {
    let project = with("a.txt", text);
    project.en(&["import", "a.txt", "-o", "content/a"]).fine();
    listed(&project)
}

#[track_caller]
fn listed(project: &Project) -> Vec<Value> {
    let run = project.en(&["list", "items", "--format", "json"]);
    assert_eq!(run.code, Some(0), "{run}");
    run.json().as_array().unwrap().clone()
}

fn names(item: &Value, key: &str) -> Vec<String> {
    item[key].as_array().unwrap().iter().map(|n| n.as_str().unwrap().to_string()).collect()
}

/// `label|text|units|L leads|C cooperating|deadline` of every item.
#[track_caller]
fn told(text: &str) -> Vec<String> {
    items(text)
        .iter()
        .map(|item| {
            let mut line = format!(
                "{}{}|{}",
                item["label"].as_str().unwrap(),
                item["text"].as_str().unwrap().replace('\n', "/"),
                names(item, "units").join("、")
            );
            for (sign, key) in [("L", "leads"), ("C", "cooperating")] {
                if !names(item, key).is_empty() {
                    line.push_str(&format!("|{sign} {}", names(item, key).join("、")));
                }
            }
            if let Some(value) = item["deadline"]["value"].as_str() {
                line.push_str(&format!("|{value} {}", item["deadline"]["text"].as_str().unwrap()));
            }
            line
        })
        .collect()
}

/// A notice around items.
fn notice(body: &str) -> String {
    format!(
        "关于印发2024年工作要点的通知\n\n各镇人民政府：\n    现将2024年工作要点印发给你们。\n\n2024年工作要点\n\n{body}\n"
    )
}

#[test]
fn the_seed_becomes_the_publication_it_was() {
    let Some(seed) = shared("seed/notice-2024.txt") else { return };
    let text = std::fs::read_to_string(seed).unwrap();
    let project = with("notice-2024.txt", &text);
    let run = project.zh(&["import", "notice-2024.txt", "-o", "content/seed"]).fine();
    assert!(run.stderr.contains("8 个部分、28 条任务（28 条写明单位）"), "{run}");
    assert!(run.stderr.contains("没有看懂 0"), "{run}");
    project.en(&["list", "publications"]).clean();

    let items = listed(&project);
    assert_eq!(items.len(), 28);
    let plain = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let mut expected = text.lines().filter_map(|line| {
        let (number, rest) = line.trim().split_once('.')?;
        number.parse::<u32>().ok()?;
        let (text, units) = rest.split_once("(责任单位:")?;
        let units = units.strip_suffix(')')?;
        Some((text.to_string(), units.split("<排名").next()?.to_string()))
    });
    for item in &items {
        let (text, units) = expected.next().unwrap();
        assert_eq!(plain(item["text"].as_str().unwrap()), plain(&text));
        let units: Vec<String> = units.split('、').map(plain).collect();
        let found: Vec<String> = names(item, "units").iter().map(|name| plain(name)).collect();
        assert_eq!(found, units);
        assert_eq!(names(item, "leads"), names(item, "units")[..1]);
    }

    // Built again, the page says what the site said, with the marks restored.
    project.build_html(&["--only", "notice"]).fine();
    let page = html_text(&project.read("output/seed/public/notice.html"));
    for line in text.lines().filter(|line| line.contains("(责任单位:")) {
        let words = without_blanks(line).replace("(责任单位:", "（责任单位：");
        let sentence = words.split("（责任单位：").next().unwrap().replace(['(', ')'], "");
        let page = page.replace(['（', '）'], "").replace('，', ",").replace('；', ";");
        let sentence = sentence.replace('，', ",").replace('；', ";");
        assert!(page.contains(&sentence), "{sentence}");
    }
    assert!(
        page.contains(
            "（责任单位：区科技局、妙西镇、埭溪镇〔排名第一责任单位为牵头单位，以下同〕）"
        )
    );
    assert!(
        page.contains(
            "规上工业企业数字化改造覆盖率达80%。（责任单位：区经信局、区商务局、八里店镇）"
        )
    );
    let units = project.read("content/seed/units.yaml");
    for line in [
        "- name: 区城投集团\n    kind: 国有企业",
        "- name: 道场乡\n    kind: 乡镇",
        "- name: 高新区\n    kind: 平台",
    ] {
        assert!(units.contains(line), "{units}");
    }
}

#[test]
fn labels_and_verbs() {
    let body = "一、发展
1.开工项目10个。（牵头单位：区发改局；配合单位：区财政局、区住建局）
2.优化服务。（牵头单位：区政务办，配合单位：区税务局，各镇人民政府、街道办事处）
3.推进改革。〔责任单位：区委改革办（督查室）、区司法局〕
4.强化监管。[责任部门：区市场监管局]
5.提升质量。（区教育局、区卫健局负责）
6.改善环境。（区生态环境分局牵头，区水利局、各镇按职责分工负责）
7.加强宣传。（区委宣传部会同有关部门负责）
8.做好保障。（区财政局、区审计局分别负责）
9.强化协调。（区府办等有关部门负责）";
    assert_eq!(
        told(&notice(body)),
        [
            "1.开工项目10个。|区发改局、区财政局、区住建局|L 区发改局|C 区财政局、区住建局",
            "2.优化服务。|区政务办、区税务局、各镇人民政府、街道办事处|L 区政务办|C 区税务局、各镇人民政府、街道办事处",
            "3.推进改革。|区委改革办（督查室）、区司法局",
            "4.强化监管。|区市场监管局",
            "5.提升质量。|区教育局、区卫健局",
            "6.改善环境。|区生态环境分局、区水利局、各镇|L 区生态环境分局",
            "7.加强宣传。|区委宣传部、有关部门|L 区委宣传部",
            "8.做好保障。|区财政局、区审计局",
            "9.强化协调。|区府办",
        ]
    );
}

#[test]
fn several_brackets_and_brackets_in_brackets() {
    let body = "一、发展
1.推进改革。（区发改局负责）加强监管。（区市场监管局、区商务局（驻沪（上海）办）负责）
2.粮食和文化工作。（区粮食和储备局、区文化和旅游局和各镇负责）";
    assert_eq!(
        told(&notice(body)),
        [
            "1.推进改革。/加强监管。|区发改局、区市场监管局、区商务局（驻沪（上海）办）",
            "2.粮食和文化工作。|区粮食和储备局、区文化和旅游局、各镇",
        ]
    );
}

#[test]
fn the_first_listed_leads_from_the_first_bracket_on() {
    let body = "一、发展
1.甲项工作。（区发改局、区财政局负责。列第一位者为牵头单位，下同）
2.乙项工作。（区教育局、区科技局负责）";
    assert_eq!(
        told(&notice(body)),
        [
            "1.甲项工作。|区发改局、区财政局|L 区发改局",
            "2.乙项工作。|区教育局、区科技局|L 区教育局",
        ]
    );
    // Without the sentence nobody leads.
    assert_eq!(
        told(&notice("一、发展\n1.甲项工作。（区发改局、区财政局负责）\n2.乙项。（区教育局负责）")),
        ["1.甲项工作。|区发改局、区财政局", "2.乙项。|区教育局",]
    );
}

#[test]
fn units_on_lines_of_their_own_and_deadlines() {
    let body = "一、发展
1.建设公园3个。
牵头单位：区城管局
责任单位：区财政局、各街道
完成时限：9月底前
2.建设学校。（责任单位：区教育局，6月底完成）
3.长期任务。
责任单位：区发改局；完成时限：长期坚持";
    assert_eq!(
        told(&notice(body)),
        [
            "1.建设公园3个。|区城管局、区财政局、各街道|L 区城管局|2024-09 9月底前",
            "2.建设学校。|区教育局|2024-06 6月底",
            "3.长期任务。|区发改局|long-term 长期坚持",
        ]
    );
}

#[test]
fn units_in_a_heading_are_those_of_its_items() {
    let body = "一、发展（责任单位：区发改局、区财政局）\n1.甲项工作。\n2.乙项工作。\n二、民生\n3.丙项工作。（责任单位：区教育局）";
    assert_eq!(
        told(&notice(body)),
        [
            "1.甲项工作。|区发改局、区财政局",
            "2.乙项工作。|区发改局、区财政局",
            "3.丙项工作。|区教育局",
        ]
    );
}

#[test]
fn numbers_of_every_style_run_on_or_begin_again() {
    for (first, second, third) in [
        ("1.", "2.", "3."),
        ("1、", "2、", "1、"),
        ("（1）", "（2）", "（1）"),
        ("（一）", "（二）", "（三）"),
        ("5.", "6.", "9."),
    ] {
        let body = format!(
            "一、发展\n{first}甲项工作。（责任单位：区发改局）\n{second}乙项工作。（责任单位：区教育局）\n二、民生\n{third}丙项工作。（责任单位：区民政局）"
        );
        let labels: Vec<String> = items(&notice(&body))
            .iter()
            .map(|i| i["label"].as_str().unwrap().to_string())
            .collect();
        assert_eq!(labels, [first, second, third]);
    }
    // Brackets are printed as GB/T 9704 7.3.3 has them.
    let narrow =
        "一、发展\n(1)甲项工作。（责任单位：区发改局）\n(2)乙项工作。（责任单位：区教育局）";
    assert_eq!(items(&notice(narrow))[1]["label"], "（2）");
    // The items themselves may be 一、二、三.
    let body = "一、对甲给予支持。（财政局负责）\n二、对乙给予支持。（教育局负责）\n三、对丙给予支持。（民政局负责）";
    let items = items(&notice(body));
    assert_eq!(items.len(), 3);
    assert_eq!(items[2]["label"], "三、");
}

#[test]
fn the_letters_own_points_are_no_sections() {
    let text = "关于印发2024年工作要点的通知\n各镇人民政府：\n现将2024年工作要点印发给你们，并就有关事项通知如下：\n一、提高认识。各单位要高度重视。\n二、压实责任。各单位要加强领导。\n某某区人民政府办公室\n二〇二四年三月六日\n2024年工作要点\n一、发展\n1.甲项工作。（责任单位：区发改局）\n";
    let project = with("a.txt", text);
    project.en(&["import", "a.txt", "-o", "content/a"]).fine();
    assert_eq!(listed(&project)[0]["section"], "一、发展");
    let notice = project.read("content/a/notice.yaml");
    assert!(notice.contains("date: 2024-03-06\n"), "{notice}");
    assert!(notice.contains("organ: 某某区人民政府办公室\n"), "{notice}");
    assert!(notice.contains("一、提高认识。各单位要高度重视。"), "{notice}");
    assert_eq!(notice.matches("heading:").count(), 1, "{notice}");
}

#[test]
fn broken_lines_line_ends_and_wide_blanks() {
    let broken = "一、发展\r\n　　1.加快推进数字基础设施建设，全面提升网络覆盖水平，推动重点区域和\r\n重点场所深度覆盖，满足群众需求。（责任单位：区发改局、区经信\r\n局、区\u{3000}财政局）\r\n　　2.优化服务，提升群众满意度和获得感，推动政务服务事项全部实现网上\r\n可办。（责任单位：区政务办）\r\n　　3.完善机制，加强协调，推动各项任务落实落细，确保全年目标任务顺利\r\n完成。（责任单位：区府办）\r\n";
    assert_eq!(
        told(&notice(broken)),
        [
            "1.加快推进数字基础设施建设，全面提升网络覆盖水平，推动重点区域和重点场所深度覆盖，满足群众需求。|区发改局、区经信局、区财政局",
            "2.优化服务，提升群众满意度和获得感，推动政务服务事项全部实现网上可办。|区政务办",
            "3.完善机制，加强协调，推动各项任务落实落细，确保全年目标任务顺利完成。|区府办",
        ]
    );
}

#[test]
fn traditional_characters() {
    let text = "關於印發2024年工作要點的通知\n各鄉鎮人民政府：\n現將2024年工作要點印發給你們。\n2024年工作要點\n一、發展\n1.推進農村公路建設。（責任單位：縣交通運輸局、各鄉鎮）\n2.加強管理。（縣教育局牽頭，縣財政局配合）\n";
    assert_eq!(
        told(text),
        [
            "1.推進農村公路建設。|縣交通運輸局、各鄉鎮",
            "2.加強管理。|縣教育局、縣財政局|L 縣教育局|C 縣財政局",
        ]
    );
}

#[test]
fn dumped_tables() {
    let cells = "序号\n工作任务\n牵头单位\n责任单位\n完成时限\n1\n新建充电桩500个。\n区发改局\n区城管局、各镇街\n6月底\n2\n培育企业20家。\n区科技局\n区经信局\n12月底\n";
    let expected = [
        "1.新建充电桩500个。|区发改局、区城管局、各镇街|L 区发改局|2024-06 6月底",
        "2.培育企业20家。|区科技局、区经信局|L 区科技局|2024-12 12月底",
    ];
    assert_eq!(told(&notice(cells)), expected);
    for sign in ["\t", " ¦ ", " | "] {
        let lines = [
            ["序号", "工作任务", "牵头单位", "责任单位", "完成时限"],
            ["1", "新建充电桩500个。", "区发改局", "区城管局、各镇街", "6月底"],
            ["2", "培育企业20家。", "区科技局", "区经信局", "12月底"],
        ]
        .map(|row| row.join(sign));
        assert_eq!(told(&notice(&lines.join("\n"))), expected, "{sign}");
    }
}

#[test]
fn damaged_text_is_read_as_far_as_it_goes() {
    let body = "一、发展\n1.甲项\u{fffd}\u{fffd}工作。（责任单位：区发改局、区财政局\n2.乙项工作。（责任单位：区教育局）\n";
    assert_eq!(
        told(&notice(body)),
        ["1.甲项\u{fffd}\u{fffd}工作。|区发改局、区财政局", "2.乙项工作。|区教育局",]
    );
}

#[test]
fn gbk_is_told_from_utf8() {
    let text =
        notice("一、发展\n1.甲项工作。（责任单位：区发改局）\n2.乙项工作。（责任单位：区教育局）");
    let (bytes, _, _) = encoding_rs::GB18030.encode(&text);
    let project = with("a.dat", &bytes);
    project.en(&["import", "a.dat", "-o", "content/a"]).fine();
    assert_eq!(listed(&project).len(), 2);
}

#[test]
fn attachments_and_the_registry_from_a_list_of_units() {
    let text = notice(
        "一、发展\n1.甲项工作。（责任单位：区发改局、织里镇、市水务公司）\n\n附件：1.有关单位名单\n2.指标表\n\n附件1\n有关单位名单\n区发改局、区教育局、织里镇、环渚街道、区城投集团\n\n附件2\n指标表\n序号\t指标\t数值\n1\t投资\t25\n",
    );
    let project = with("a.txt", &text);
    project.en(&["import", "a.txt", "-o", "content/a"]).fine();
    let notice = project.read("content/a/notice.yaml");
    assert!(notice.contains("- title: 有关单位名单\n    kind: unit-list"), "{notice}");
    assert!(notice.contains("columns: [序号, 指标, 数值]"), "{notice}");
    let units = project.read("content/a/units.yaml");
    assert!(units.contains("- name: 环渚街道\n    kind: 街道"), "{units}");
    assert!(units.contains("- name: 市水务公司\n    kind: 国有企业\n    outside: true"), "{units}");
    project.build_html(&[]).fine();
}

#[test]
fn targets_are_proposed_as_such() {
    let text = notice(
        "一、发展\n1.新增项目10个，培训不少于3场，覆盖率达80%，完成投资25亿元。（责任单位：区发改局）\n2.乙项。（责任单位：区教育局）",
    );
    let project = with("a.txt", &text);
    project.en(&["import", "a.txt", "-o", "content/a"]).fine();
    let item = project.read("content/a/items/01.yaml");
    for line in [
        "# 由导入推测的指标，请核对：",
        "- {name: 新增项目, eq: 10, measure: 个}",
        "- {name: 覆盖率, ge: 80, measure: \"%\"}",
        "- {name: 完成投资, eq: 25, measure: 亿元}",
    ] {
        assert!(item.contains(line), "{item}");
    }
}

#[test]
fn an_existing_registry_is_matched() {
    let text = notice(
        "一、发展\n1.甲项工作。（责任单位：区发改委、东山镇）\n2.乙项。（责任单位：区教育局、区新设局）",
    );
    let project = with("a.txt", &text).file("content/units.yaml", crate::support::UNITS);
    let run = project.en(&["import", "a.txt", "-o", "content/a"]);
    // Written, and not to be used before somebody looked.
    assert_eq!(run.code, Some(1), "{run}");
    assert!(run.stderr.contains("import-units-missing"), "{run}");
    assert!(run.stderr.contains("import-check-records"), "{run}");
    assert!(run.stderr.contains("区新设局"), "{run}");
    assert!(!project.path("content/a/units.yaml").exists());
    assert!(project.read("content/a/_units-to-add.yaml").contains("- name: 区新设局"));
    // One that knows hardly anybody is another office's.
    let other = "units:\n  - {name: 县教育局, kind: 政府部门}\n";
    let project = with("a.txt", &text).file("content/units.yaml", other);
    project.en(&["import", "a.txt", "-o", "content/a"]).fine();
    assert!(project.path("content/a/units.yaml").exists());
    assert_eq!(listed(&project).len(), 2);
}

#[test]
fn nothing_is_overwritten_and_nothing_half_written() {
    let text =
        notice("一、发展\n1.甲项工作。（责任单位：区发改局）\n2.乙项。（责任单位：区教育局）");
    let project = with("a.txt", &text).file("content/a/mine.yaml", "a: 1\n");
    let run = project.en(&["import", "a.txt", "-o", "content/a"]).refused();
    assert_eq!(run.codes(), ["import-exists"]);
    assert_eq!(project.tree("content"), "a/mine.yaml");
    // Without -o the folder is named after the file.
    project.en(&["import", "a.txt"]).fine_or(Some(1));
    let project = with("b.txt", &text);
    project.en(&["import", "b.txt"]).fine();
    assert!(project.path("content/b/notice.yaml").exists());
    assert!(project.tree("content").lines().all(|path| path.starts_with("b/")));
}

impl Run {
    #[track_caller]
    fn fine_or(self, code: Option<i32>) -> Self {
        assert!(self.code == Some(0) || self.code == code, "{self}");
        self
    }
}

#[test]
fn a_text_without_structure_is_refused() {
    for text in [
        "",
        "今天天气很好。\n我们去公园玩。\n",
        "采购清单\n1.苹果\n2.梨\n",
        "关于春游的作文\n春天来了，万物复苏。\n",
        "一、引言\n这是一篇文章。\n二、结论\n完。\n",
    ] {
        let project = with("a.txt", text);
        let run = project.zh(&["import", "a.txt", "-o", "content/a"]).refused();
        assert_eq!(run.codes(), ["import-no-structure"], "{text}");
        assert!(!project.path("content").exists(), "{text}");
    }
}

#[test]
fn what_was_not_understood_is_reported_with_its_line() {
    let mut text =
        notice("一、发展\n1.甲项工作。（责任单位：区发改局）\n2.乙项。（责任单位：区教育局）");
    text.insert_str(0, "首页\n这里有一行谁也不认识的话\n");
    let project = with("a.txt", &text);
    let run = project.zh(&["import", "a.txt", "-o", "content/a", "--report"]).fine();
    assert!(run.stdout.contains("第 2 行  这里有一行谁也不认识的话"), "{run}");
    assert!(run.stdout.contains("第 1 行  首页"), "{run}");
    let english = with("a.txt", &text).en(&["import", "a.txt", "-o", "content/a"]);
    assert!(
        english.stderr.contains("line 2 was not understood: 这里有一行谁也不认识的话"),
        "{english}"
    );
}

#[test]
fn a_page_of_a_site() {
    let page = "<!DOCTYPE html><html><head><meta charset=gb2312><title>通知</title></head><body>\
        <div class=nav><a href=/>首页</a> <a href=/zw>政务公开</a></div>\
        <table><tr><td>索引号</td><td>330502/2024</td><td>发布机构</td><td>区发改局</td></tr></table>\
        <h1>关于印发2024年工作要点的通知</h1><p>各镇人民政府：</p><p>　　现将2024年工作要点印发给你们。</p>\
        <p align=right>某某区人民政府办公室</p><p align=right>2024年3月6日</p>\
        <p align=center><b>2024年工作要点</b></p><p>　　<b>一、发展</b></p>\
        <p>　　1.甲项<span>工作</span>&nbsp;10个。（责任单位：区发改局、区财政局）</p>\
        <p>　　2.乙项工作。（责任单位：区教育局）</p><script>document.write('（责任单位：区假局）')</script>\
        <footer>版权所有</footer></body></html>";
    let (bytes, _, _) = encoding_rs::GBK.encode(page);
    // The extension says something else.
    let project = with("page.txt", &bytes);
    project.en(&["import", "page.txt", "-o", "content/a"]).fine();
    let items = listed(&project);
    assert_eq!(items.len(), 2);
    assert_eq!(items[0]["text"], "甲项工作10个。");
    let notice = project.read("content/a/notice.yaml");
    assert!(notice.contains("index: 330502/2024"), "{notice}");
    assert!(notice.contains("organ: 某某区人民政府办公室"), "{notice}");
}

#[test]
fn markdown_and_comma_separated_values() {
    let text = "# 关于印发2024年工作要点的通知\n\n各镇人民政府：\n\n现将2024年工作要点印发给你们。\n\n# 2024年工作要点\n\n## 一、发展\n\n1. **甲项**工作。（责任单位：区发改局）\n2. 乙项工作。（责任单位：区教育局）\n";
    let project = with("a.md", text);
    project.en(&["import", "a.md", "-o", "content/a"]).fine();
    let found = listed(&project);
    assert_eq!((found.len(), &found[0]["text"]), (2, &Value::from("甲项工作。")));

    let csv = "序号,类别,重点任务,责任单位,配合单位,完成时限\n1,发展,\"开工项目10个,完成投资\",区发改局,\"区财政局、织里镇\",2024年6月\n2,发展,优化服务,区政务办,,长期\n3,民生,新建学校,区教育局,区财政局,2024-12\n";
    let project = with("2024年任务表.csv", csv);
    project.en(&["import", "2024年任务表.csv", "-o", "content/a"]).fine();
    let found = listed(&project);
    assert_eq!(found.len(), 3);
    assert_eq!(names(&found[0], "cooperating"), ["区财政局", "织里镇"]);
    assert_eq!(found[0]["deadline"]["value"], "2024-06");
    assert!(found[2]["section"].as_str().unwrap().ends_with("民生"));
}

#[test]
fn words_own_numbers_and_merged_cells() {
    use crate::import_hostile::packed;
    let numbered = |level: usize, text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let plain = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let body = [
        plain("关于印发2024年工作要点的通知"),
        plain("各镇人民政府："),
        plain("现将2024年工作要点印发给你们。"),
        plain("2024年工作要点"),
        numbered(0, "发展"),
        numbered(1, "甲项<w:del><w:t>旧</w:t></w:del>工作。（责任单位：区发改局）")
            .replace("<w:del>", "</w:t><w:del>")
            .replace("</w:del>", "</w:del><w:t>"),
        numbered(1, "乙项工作。（责任单位：区教育局）"),
        numbered(0, "民生"),
        numbered(1, "丙项工作。（责任单位：区民政局）"),
    ]
    .concat();
    let document = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    let numbering = "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"%1、\"/></w:lvl><w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%2.\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>";
    let bytes = packed(&[
        ("word/document.xml", document.as_bytes()),
        ("word/numbering.xml", numbering.as_bytes()),
    ]);
    let project = with("a.doc", bytes);
    project.en(&["import", "a.doc", "-o", "content/a"]).fine();
    let items = listed(&project);
    let told: Vec<String> = items
        .iter()
        .map(|i| {
            format!(
                "{} {}{}",
                i["section"].as_str().unwrap(),
                i["label"].as_str().unwrap(),
                i["text"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(told, ["一、发展 1.甲项工作。", "一、发展 2.乙项工作。", "二、民生 1.丙项工作。"]);

    let cell =
        |merge: &str, text: &str| format!("<w:tc><w:tcPr>{merge}</w:tcPr>{}</w:tc>", plain(text));
    let (begins, goes_on) = ("<w:vMerge w:val=\"restart\"/>", "<w:vMerge/>");
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let table = [
        row(&["序号", "重点任务", "责任单位"].map(|text| cell("", text))),
        row(&[cell("", "1"), cell("", "甲项工作"), cell(begins, "区发改局")]),
        row(&[cell("", "2"), cell("", "乙项工作"), cell(goes_on, "")]),
        row(&[cell("", "3"), cell("", "丙项工作"), cell("", "区教育局")]),
    ]
    .concat();
    let document = format!(
        "<w:document><w:body>{}<w:tbl>{table}</w:tbl></w:body></w:document>",
        plain("2024年任务分工")
    );
    let project = with("a.docx", packed(&[("word/document.xml", document.as_bytes())]));
    project.en(&["import", "a.docx", "-o", "content/a"]).fine();
    let units: Vec<Vec<String>> =
        listed(&project).iter().map(|item| names(item, "units")).collect();
    assert_eq!(units, [["区发改局"], ["区发改局"], ["区教育局"]]);
}

#[test]
fn a_sheet() {
    let bytes = crate::import_hostile::xlsx(&[
        &["2024年重点任务清单"],
        &["序号", "类别", "工作任务", "牵头单位", "配合单位", "完成时限"],
        &["1", "发展", "开工项目10个", "区发改局", "区财政局、织里镇", "6月底"],
        &["2", "民生", "新建学校", "区教育局", "", "长期"],
    ]);
    let project = with("a.bin", bytes);
    project.en(&["import", "a.bin", "-o", "content/a"]).fine();
    let items = listed(&project);
    assert_eq!(items.len(), 2);
    assert_eq!(names(&items[0], "leads"), ["区发改局"]);
    assert_eq!(items[0]["deadline"]["value"], "2024-06");
    assert!(project.read("content/a/notice.yaml").contains("title: 2024年重点任务清单"));
}

#[test]
fn units_behind_the_last_sentence_and_with_blanks_between() {
    let body = "一、发展
1.推进改革。责任单位：区发改局、织里镇。
2.推进建设。牵头单位：区住建局；配合单位：区财政局，各街道；完成时限：10月底前。
3.推进治理。
责任单位：区公安分局 区司法局　织里镇";
    assert_eq!(
        told(&notice(body)),
        [
            "1.推进改革。|区发改局、织里镇",
            "2.推进建设。|区住建局、区财政局、各街道|L 区住建局|C 区财政局、各街道|2024-10 10月底前",
            "3.推进治理。|区公安分局、区司法局、织里镇",
        ]
    );
}

#[test]
fn workbooks_of_the_program_come_back_once() {
    let text = notice(
        "一、发展\n1.甲项工作，新增项目10个。（牵头单位：区发改局；责任单位：区教育局）\n2.乙项工作。（责任单位：区教育局，2024年6月底前完成）",
    );
    let project = with("a.txt", &text);
    project.en(&["import", "a.txt", "-o", "content/a"]).fine();
    project.en(&["build", "--format", "xlsx"]).fine();
    let copied = |file: &str| {
        let bytes = std::fs::read(project.path(&format!("output/a/internal/{file}"))).unwrap();
        Project::empty().file("b.xlsx", bytes)
    };
    let back = copied("任务分解总表.xlsx");
    back.en(&["import", "b.xlsx", "-o", "content/b"]).fine();
    let items = listed(&back);
    assert_eq!(items.len(), 2);
    assert!(items[0]["text"].as_str().unwrap().starts_with("甲项工作"));
    let known = |name: &String| ["区发改局", "区教育局"].contains(&name.as_str());
    assert!(items.iter().all(|item| names(item, "units").iter().all(known)));
    // What a unit fills in names no unit of a task: it is told from a notice.
    for file in ["tasks/区发改局.xlsx", "tasks/区教育局.xlsx"] {
        let run = copied(file).en(&["import", "b.xlsx", "-o", "content/b"]).refused();
        assert_eq!(run.codes(), ["import-unit-form"], "{run}");
    }
}

#[test]
fn the_office_of_the_example_gives_way_to_the_notices_own() {
    let project = Project::bare();
    let other = "关于印发2024年工作要点的通知\n各镇人民政府：\n现将要点印发给你们。\n清源区人民政府办公室\n2024年3月6日\n2024年工作要点\n一、发展\n1.甲项工作。（责任单位：区发改局）\n2.乙项工作。（责任单位：区教育局）\n";
    std::fs::write(project.path("a.txt"), other).unwrap();
    project.en(&["init", "p"]).fine();
    let run = project.en(&["import", "a.txt", "-o", "p/content/a"]).fine();
    assert!(
        !project.read("p/yinfa.yaml").contains("office: 清源区"),
        "outside of a project: {run}"
    );
    std::fs::remove_dir_all(project.path("p/content/a")).unwrap();
    let inside = |args: &[&str]| {
        let mut command = project.command();
        project.finish(command.current_dir(project.path("p")).args(["--lang", "en"]).args(args))
    };
    // As it was written the example builds.
    inside(&["build", "--format", "html"]).fine();
    let run = inside(&["import", "../a.txt"]).fine();
    assert!(run.stderr.contains("“清源区人民政府办公室”"), "{run}");
    let settings = project.read("p/yinfa.yaml");
    assert!(settings.contains("office: 清源区人民政府办公室\n"), "{settings}");
    assert!(settings.contains("  printed_by: 清源区人民政府办公室\n"), "{settings}");
    assert!(!settings.contains("  printed_by: 汀兰区"), "{settings}");
    inside(&["build", "a", "--format", "html"]).fine();
    let pages = project.files("p/output/a");
    let pages = pages.iter().filter(|(path, _)| path.ends_with(".html"));
    let pages: Vec<String> =
        pages.map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()).collect();
    assert!(!pages.is_empty() && pages.iter().all(|page| !page.contains("汀兰")), "{pages:?}");
    // What is left of the example is another office's now.
    let run = inside(&["build", "gongzuo-yaodian", "--format", "html"]);
    assert_eq!(run.code, Some(1), "{run}");
    assert!(run.codes().contains(&"example-left"), "{run}");
    assert!(run.stderr.contains("notice.yaml:5:"), "{run}");
}

#[test]
fn values_of_the_example_that_are_left_are_errors_at_their_place() {
    let project = Project::bare();
    project.en(&["init", "."]).fine();
    let notice = "content/gongzuo-yaodian/notice.yaml";
    let own = project
        .read(notice)
        .replace("  code: 汀政办                            # 示例", "  code: 清政办");
    std::fs::write(project.path(notice), own).unwrap();
    let run = project.en(&["check"]);
    let places: Vec<&str> = run
        .stdout
        .lines()
        .chain(run.stderr.lines())
        .filter(|l| l.contains("example-left"))
        .collect();
    // Title, office, publisher, printing office and eight units; the number is another's.
    assert_eq!(places.len(), 12, "{run}");
    let run = project.en(&["build", "--format", "html"]);
    assert_eq!(run.code, Some(1), "{run}");
    // Where everything is one's own, nothing is said.
    for file in ["yinfa.yaml", notice, "content/units.yaml"] {
        let text = project.read(file).replace("# 示例", "# ");
        std::fs::write(project.path(file), text).unwrap();
    }
    project.en(&["build", "--format", "html"]).fine();
}
