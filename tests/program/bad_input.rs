//! Wrong records: each problem comes with its code, place, source line and what to do; all of a
//! run come together; and nothing is written.

use insta::assert_snapshot;

use crate::support::{ITEMS, NOTICE, Project, UNITS};

const NOTICE_FILE: &str = "content/p/notice.yaml";
const ITEMS_FILE: &str = "content/p/items.yaml";
const UNITS_FILE: &str = "content/units.yaml";

/// What a build says about the publication `p` in Chinese.
#[track_caller]
fn zh(project: Project) -> String {
    let args = ["--lang", "zh", "build", "--format", "html"];
    refused(&project, &args, "p：有错误，未生成；原有的文件没有改动\n")
}

/// The same in English.
#[track_caller]
fn en(project: Project) -> String {
    let args = ["--lang", "en", "build", "--format", "html"];
    let end = "p: not built because of errors; what was there is untouched\n";
    refused(&project, &args, end)
}

#[track_caller]
fn refused(project: &Project, args: &[&str], end: &str) -> String {
    let run = project.run(args).refused();
    assert_eq!(run.stdout, "");
    assert_eq!(project.tree("output"), "");
    let problems = run.stderr.strip_suffix(end);
    problems.unwrap_or_else(|| panic!("does not end in {end}{run}")).to_string()
}

#[test]
fn broken_yaml() {
    let broken = Project::new().change(ITEMS_FILE, "units: [区发改局, 东山镇]", "units: [区发改局");
    assert_snapshot!(zh(broken), @"
    错误[yaml-bracket-unclosed]: 括号没有成对
     --> content/p/items.yaml:3:10
      |
    3 |   units: [区发改局
      |          ^
      |
      = 帮助：补上另一半括号；如果括号只是文字，请用引号把整个内容括起来
      = 原文：illegal placement of ':' indicator
    1 个错误
    ");
    let wide = Project::new().change(ITEMS_FILE, "text: 新建", "text：新建");
    assert_snapshot!(en(wide), @"
    error[yaml-fullwidth-colon]: the name is followed by a full-width colon “：” and was not taken for a field
     --> content/p/items.yaml:5:7
      |
    5 |   text：新建学校2所。
      |       ^^
      |
      = help: use an ordinary colon and a blank: “: ”
      = detail: simple key expected ':'
    1 error
    ");
}

#[test]
fn unknown_key() {
    let near = Project::new().change(ITEMS_FILE, "  units: [区教育局]", "  unit: [区教育局]");
    assert_snapshot!(zh(near), @"
    错误[key-unknown]: 不认识的键“unit”
     --> content/p/items.yaml:6:3
      |
    6 |   unit: [区教育局]
      |   ^^^^
      |
      = 帮助：是不是“units”？
    1 个错误
    ");
    let far =
        Project::new().change(NOTICE_FILE, "heading: 改善民生", "heading: 改善民生, 备注: 无");
    assert_snapshot!(en(far), @"
    error[key-unknown]: unknown key `备注`
      --> content/p/notice.yaml:10:31
       |
    10 |     - {id: 民生, heading: 改善民生, 备注: 无}
       |                                     ^^^^
       |
       = help: keys allowed here: id, heading, style, start, units, leads, responsible, cooperating, label, before, after, items, sections
    1 error
    ");
}

#[test]
fn unit_not_in_the_registry() {
    let near = Project::new().change(ITEMS_FILE, "区教育局", "区教育司");
    assert_snapshot!(zh(near), @"
    错误[unit-unknown]: 单位名录里没有“区教育司”
     --> content/p/items.yaml:6:11
      |
    6 |   units: [区教育司]
      |           ^^^^^^^^
      |
      = 帮助：是不是“区教育局”？
    1 个错误
    ");
    let far = Project::new().change(ITEMS_FILE, "区教育局", "省林草中心");
    assert_snapshot!(en(far), @"
    error[unit-unknown]: “省林草中心” is not in the registry of units
     --> content/p/items.yaml:6:11
      |
    6 |   units: [省林草中心]
      |           ^^^^^^^^^^
      |
      = help: check the name; a body outside the list is declared in units.yaml with `outside: true`
    1 error
    ");
    let joined = Project::new().change(ITEMS_FILE, "[区教育局]", "区教育局、东山镇");
    assert_snapshot!(zh(joined), @"
    错误[unit-unknown]: 单位名录里没有“区教育局、东山镇”
     --> content/p/items.yaml:6:10
      |
    6 |   units: 区教育局、东山镇
      |          ^^^^^^^^^^^^^^^^
      |
      = 帮助：几个单位请写成列表，一行一个，行首加“- ”
    1 个错误
    ");
}

#[test]
fn unknown_qualifier() {
    let project = Project::new().change(ITEMS_FILE, "区教育局", "区委组织部（人才科）");
    assert_snapshot!(en(project), @"
    error[qualifier-unknown]: “人才科” is not a registered part of “区委组织部”
     --> content/p/items.yaml:6:11
      |
    6 |   units: [区委组织部（人才科）]
      |           ^^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean “人才办”?
    1 error
    ");
}

#[test]
fn unknown_section() {
    let project = Project::new().change(ITEMS_FILE, "section: 民生", "section: 民声");
    assert_snapshot!(zh(project), @"
    错误[section-unknown]: 没有“民声”这一部分
     --> content/p/items.yaml:4:12
      |
    4 | - section: 民声
      |            ^^^^
      |
      = 帮助：是不是“民生”？
    1 个错误
    ");
}

#[test]
fn two_items_with_the_same_order() {
    let project = Project::new()
        .change(ITEMS_FILE, "section: 民生", "section: 民生\n  order: 3")
        .file("content/p/more.yaml", "section: 改善民生\norder: 3\ntext: 修路。\nunits: 东山镇\n");
    assert_snapshot!(zh(project), @"
    错误[order-twice]: 同一部分里有两条任务的 order 都是 3
     --> content/p/more.yaml:2:8
      |
    2 | order: 3
      |        ^
      |
     ::: content/p/items.yaml:5:10
      |
    5 |   order: 3
      |          - 另一条在这里
      |
      = 帮助：改成不同的数，或都删去，按文件先后排列
    1 个错误
    ");
}

#[test]
fn wrong_date() {
    let project = Project::new().change(NOTICE_FILE, "2025-03-06", "2025-02-30");
    assert_snapshot!(zh(project), @"
    错误[date-wrong]: “2025-02-30”不是有效的日期
      --> content/p/notice.yaml:11:7
       |
    11 | date: 2025-02-30
       |       ^^^^^^^^^^
       |
       = 帮助：2025 年 2 月只有 28 天，请改成实际的日期
    1 个错误
    ");
    let project =
        Project::new().change(ITEMS_FILE, "units: [区教", "deadline: 六月底\n  units: [区教");
    assert_snapshot!(en(project), @"
    error[deadline-wrong]: “六月底” is not a deadline
     --> content/p/items.yaml:6:13
      |
    6 |   deadline: 六月底
      |             ^^^^^^
      |
      = help: to print “六月底” write `deadline: {when: 2025-06, text: 六月底}` (`when` is what it is sorted by; mind the year)
    1 error
    ");
}

#[test]
fn missing_title() {
    let project = Project::new().change(NOTICE_FILE, "title: 关于印发2025年工作要点的通知\n", "");
    assert_snapshot!(zh(project), @"
    错误[key-missing]: 缺少“title”
     --> content/p/notice.yaml:1:1
      |
    1 | number: {code: 云发改, year: 2025, serial: 1}
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = 帮助：补上一行“title: …”，冒号用半角，冒号后空一格
    1 个错误
    ");
}

#[test]
fn blank_value() {
    let project = Project::new().change(
        NOTICE_FILE,
        "letter: 经区政府同意，现印发给你们，请认真执行。",
        "letter:",
    );
    assert_snapshot!(zh(project), @"
    错误[key-blank]: “letter”后面没有内容
     --> content/p/notice.yaml:4:1
      |
    4 | letter:
      | ^^^^^^
      |
      = 帮助：写上内容；若不需要，请删去这一行
    1 个错误
    ");
    let quoted = Project::new().change(ITEMS_FILE, "[区教育局]", "[\"\"]");
    assert_snapshot!(en(quoted), @r#"
    error[value-blank]: the value is blank
     --> content/p/items.yaml:6:11
      |
    6 |   units: [""]
      |           ^^
      |
      = help: write the value or delete the line
    1 error
    "#);
}

#[test]
fn number_that_is_none() {
    let project = Project::new().change(
        ITEMS_FILE,
        "units: [区教育局]",
        "units: [区教育局]\n  targets: [{name: 学校, ge: 2所}, {name: 学生}]",
    );
    assert_snapshot!(zh(project), @"
    错误[not-a-number]: “2所”不是数
     --> content/p/items.yaml:7:28
      |
    7 |   targets: [{name: 学校, ge: 2所}, {name: 学生}]
      |                              ^^^
      |
      = 帮助：只写数字，如 3、80、2.5；量词写在 measure 里

    错误[target-number]: 目标应有且只有一个数：eq（等于）、ge（不少于）、gt（超过）、le（不超过）、lt（低于）
     --> content/p/items.yaml:7:33
      |
    7 |   targets: [{name: 学校, ge: 2所}, {name: 学生}]
      |                                    ^^^^^^^^^^^^
      |
      = 帮助：例如 { name: 新建项目, ge: 3, measure: 个 }
    2 个错误
    ");
}

#[test]
fn file_that_is_not_utf8() {
    // 新建 in GBK.
    let project =
        Project::new().file("content/p/gbk.yaml", b"section: a\ntext: \xd0\xc2\xbd\xa8\n");
    assert_snapshot!(zh(project), @"
    错误[file-encoding]: “content/p/gbk.yaml”不是 UTF-8 编码
     --> content/p/gbk.yaml:2:7
      |
    2 | text: �½�
      |       ^
      |
      = 帮助：请用记事本、WPS 等打开，另存为 UTF-8 编码
    1 个错误
    ");
}

#[cfg(unix)]
#[test]
fn unreadable_file() {
    let project = Project::new();
    std::os::unix::fs::symlink("nowhere.yaml", project.path("content/p/link.yaml")).unwrap();
    let run = project.build_html(&[]).refused();
    assert_eq!(run.codes(), ["file-unreadable"]);
    assert!(run.stderr.contains("content/p/link.yaml"), "{run}");
    assert_eq!(project.tree("output"), "", "an item may be missing");
}

#[test]
fn empty_file() {
    assert_snapshot!(zh(Project::new().file(NOTICE_FILE, "# 还没写\n")), @"
    错误[file-empty]: “content/p/notice.yaml”是空的
     --> content/p/notice.yaml
      |
      = 帮助：写上内容；不用的文件请删去，或在名称前加“_”
    1 个错误
    ");
}

#[test]
fn missing_registry() {
    assert_snapshot!(zh(Project::new().without(UNITS_FILE)), @"
    错误[registry-missing]: “content/p/notice.yaml”没有可用的单位名录 units.yaml
     --> content/p/notice.yaml
      |
      = 帮助：在 content 文件夹或这份通知的文件夹里放一个 units.yaml
    1 个错误
    ");
}

#[test]
fn wrong_registry() {
    let project = Project::new().add(
        UNITS_FILE,
        "  - {name: 甲组, members: [乙组]}\n  - {name: 乙组, members: [甲组]}\n  - {name: 区教育局, all: true}\n",
    );
    assert_snapshot!(zh(project), @"
    错误[group-cycle]: 单位组“甲组”包含了自己
     --> content/units.yaml:9:12
      |
    9 |   - {name: 甲组, members: [乙组]}
      |            ^^^^
      |
      = 帮助：从成员里去掉自己，或去掉包含它的组

    错误[unit-name-twice]: “区教育局”登记了两次
      --> content/units.yaml:11:12
       |
     4 |   - {name: 区教育局, kind: 政府部门}
       |            -------- 前一次在这里
    ...
    11 |   - {name: 区教育局, all: true}
       |            ^^^^^^^^
       |
       = 帮助：每个名称（含全称和别名）只能属于一个单位或单位组
    2 个错误
    ");
    let kind =
        Project::new().change(UNITS_FILE, "区教育局, kind: 政府部门", "区教育局, kind: 政府机关");
    assert_snapshot!(en(kind), @"
    error[value-unknown]: “政府机关” is not one of the possible values
     --> content/units.yaml:4:24
      |
    4 |   - {name: 区教育局, kind: 政府机关}
      |                            ^^^^^^^^
      |
      = help: did you mean “政府部门”? possible: 党委部门, 政府部门, 派出或垂管机构, 群团, 事业单位, 乡镇, 街道, 国有企业, 平台, 议事协调机构, 其他
    1 error
    ");
}

#[test]
fn unknown_recipients() {
    let project = Project::new().change(NOTICE_FILE, "[各镇街]", "[区直各单位]");
    assert_snapshot!(zh(project), @"
    错误[recipient-unknown]: 不知道主送机关“区直各单位”指哪些单位
     --> content/p/notice.yaml:3:14
      |
    3 | recipients: [区直各单位]
      |              ^^^^^^^^^^
      |
      = 帮助：在 units.yaml 的 recipients 里登记这一称谓，或在这里写 text: 和 to:
    1 个错误
    ");
}

#[test]
fn markdown_that_cannot_be_printed() {
    let project = Project::new().change(
        ITEMS_FILE,
        "text: 新建学校2所。",
        "text: |\n    见[方案](ftp://example.com/a)，\n    图示![图](a.png)。\n\n    # 标题",
    );
    assert_snapshot!(zh(project), @r"
    错误[markdown-link-scheme]: 链接地址“ftp://example.com/a”不能使用：只能是以 http://、https:// 或 mailto: 开头的地址
     --> content/p/items.yaml:6:11
      |
    6 |     见[方案](ftp://example.com/a)，
      |              ^^^^^^^^^^^^^^^^^^^
      |
      = 帮助：请写出完整的地址；如果本意不是链接，请在“[”前面加一个反斜杠：“\[”

    错误[markdown-image]: 正文中不能插入图片
     --> content/p/items.yaml:7:7
      |
    7 |     图示![图](a.png)。
      |         ^^^^^^^^^^^^
      |
      = 帮助：请删去图片；如果本意是感叹号后接链接，请写成“\!”

    错误[markdown-unsupported]: 此处不能使用标题
     --> content/p/items.yaml:9:5
      |
    9 |     # 标题
      |     ^
      |
      = 帮助：如果本意是照原样显示，请在“#”前面加一个反斜杠：“\#”
    3 个错误
    ");
}

#[test]
fn parts_beside_a_text() {
    let project = Project::new().change(
        ITEMS_FILE,
        "text: 新建学校2所。",
        "parts: [{text: 新建, units: [区教育局]}]\n  text: 新建学校2所。",
    );
    assert_snapshot!(en(project), @"
    error[parts-and-text]: `text` and units stand inside the parts where there are `parts`
     --> content/p/items.yaml:4:3
      |
    4 | - section: 民生
      |   ^^^^^^^^^^^^^
      |
      = help: move the text and the units into the parts
    1 error
    ");
}

#[test]
fn own_task_of_a_unit_that_is_not_responsible() {
    let project = Project::new().add(ITEMS_FILE, "  own:\n    - {unit: 东山镇, task: 征地。}\n");
    assert_snapshot!(zh(project), @"
    错误[own-not-responsible]: “东山镇”不是这一条的责任单位
     --> content/p/items.yaml:8:14
      |
    8 |     - {unit: 东山镇, task: 征地。}
      |              ^^^^^^
      |
      = 帮助：把它加进 units，或删去这一段
    1 个错误
    ");
}

#[test]
fn project_settings() {
    let wrong = "office: 区府办\nengine: latex\noutputs: out\ndefaults: {lead: fist}\n";
    let project = Project::new().file("yinfa.yaml", wrong);
    let run = project.build_html(&[]).refused();
    assert_eq!(project.tree("output"), "", "notices depend on their defaults");
    assert_snapshot!(run.stderr, @"
    error[value-unknown]: “latex” is not one of the possible values
     --> yinfa.yaml:2:9
      |
    2 | engine: latex
      |         ^^^^^
      |
      = help: possible: embedded, command

    error[key-unknown]: unknown key `outputs`
     --> yinfa.yaml:3:1
      |
    3 | outputs: out
      | ^^^^^^^
      |
      = help: did you mean `output`?

    error[value-unknown]: “fist” is not one of the possible values
     --> yinfa.yaml:4:18
      |
    4 | defaults: {lead: fist}
      |                  ^^^^
      |
      = help: did you mean “first”? possible: first, none
    3 errors
    p: not built because of errors; what was there is untouched
    ");
}

#[test]
fn project_without_publications() {
    let project = Project::empty();
    assert_eq!(project.build_html(&[]).refused().codes(), ["no-publication"]);
    // A registry that nothing uses yet does not make it one.
    let run = project.file("content/units.yaml", UNITS).build_html(&[]).refused();
    assert!(run.codes().contains(&"no-publication"), "{run}");
}

#[test]
fn template_that_cannot_be_read() {
    let project = Project::new().file("templates/html/notice.html", "<p>{{ title </p>\n");
    let run = project.zh(&["build", "--format", "html"]).refused();
    assert_eq!(project.tree("output"), "");
    assert_snapshot!(run, @"
    exit 1
    错误[template-wrong]: 模板“templates/html/notice.html”有错
     --> templates/html/notice.html:1:13
      |
    1 | <p>{{ title </p>
      |             ^^
      |
      = 帮助：改正模板；删去 templates 里的同名文件就会恢复内置的模板
      = 原文：Found `</` but expected }}.
    1 个错误
    ");
}

#[test]
fn template_that_asks_for_what_is_not_there() {
    let project = Project::new()
        .file("templates/html/notice.html", "<h1>{{ title }}</h1>\n<p>{{ no_such_field }}</p>\n");
    assert_snapshot!(en(project), @"
    error[template-wrong]: the template “templates/html/notice.html” is wrong
     --> templates/html/notice.html:2:7
      |
    2 | <p>{{ no_such_field }}</p>
      |       ^^^^^^^^^^^^^
      |
      = help: mend the template; without the file in templates/ the built-in one is used
      = detail: Variable `no_such_field` is not defined. Available variables: attachments, attendance, closing, date, date_iso, date_parts, description, disclosure, doc_number, draft, ends_turned, even_imprint, head, id, imprint, issued, issued_attachments, keywords, kind, letter, letter_attachments, links, note, organ, published, publisher, recipients, sections, sign_off, title, title_lines, web_title
    1 error
    ");
}

#[test]
fn missing_fonts() {
    let project = Project::new();
    std::fs::create_dir(project.path("no-fonts")).unwrap();
    let run = project.zh(&["build", "--ignore-system-fonts", "--font-dir", "no-fonts"]);
    assert_eq!(project.tree("output"), "");
    assert_snapshot!(run, @"
    exit 2
    错误[font-missing]: 没有找到小标宋字体，找过：FZXiaoBiaoSong-B05S、方正小标宋简体、FZXiaoBiaoSong-B05、方正小标宋_GBK、CESI_XBS_*、CESI小标宋-*、STZhongsong、华文中宋、Noto Serif CJK SC、Source Han Serif SC、FandolSong
      = 帮助：安装 fonts-noto-cjk，或者把上面任一字体的文件放进字体文件夹，再用 yinfa fonts 检查

    错误[font-missing]: 没有找到仿宋字体，找过：FangSong_GB2312、仿宋_GB2312、FangSong、仿宋、CESI_FS_*、CESI仿宋-*、FZFangSong-Z02S、方正仿宋简体、FZFangSong-Z02、方正仿宋_GBK、STFangsong、华文仿宋、Zhuque Fangsong*、朱雀仿宋*、FandolFang、LXGW WenKai、霞鹜文楷
      = 帮助：安装 texlive-lang-chinese (FandolFang)，或者把上面任一字体的文件放进字体文件夹，再用 yinfa fonts 检查

    错误[font-missing]: 没有找到楷体字体，找过：KaiTi_GB2312、楷体_GB2312、KaiTi、楷体、CESI_KT_*、CESI楷体-*、FZKai-Z03S、方正楷体简体、FZKai-Z03、方正楷体_GBK、STKaiti、华文楷体、Kaiti SC、楷体-简、LXGW WenKai、霞鹜文楷、FandolKai
      = 帮助：安装 fonts-lxgw-wenkai，或者把上面任一字体的文件放进字体文件夹，再用 yinfa fonts 检查

    错误[font-missing]: 没有找到黑体字体，找过：SimHei、黑体、CESI_HT_*、CESI黑体-*、FZHei-B01S、方正黑体简体、FZHei-B01、方正黑体_GBK、STHeiti、华文黑体、Heiti SC、黑体-简、Noto Sans CJK SC、Source Han Sans SC、FandolHei
      = 帮助：安装 fonts-noto-cjk，或者把上面任一字体的文件放进字体文件夹，再用 yinfa fonts 检查

    错误[font-missing]: 没有找到宋体字体，找过：SimSun、宋体、NSimSun、新宋体、CESI_SS_*、CESI宋体-*、FZShuSong-Z01S、方正书宋简体、FZShuSong-Z01、方正书宋_GBK、STSong、华文宋体、Songti SC、宋体-简、Noto Serif CJK SC、Source Han Serif SC、FandolSong
      = 帮助：安装 fonts-noto-cjk，或者把上面任一字体的文件放进字体文件夹，再用 yinfa fonts 检查
    5 个错误
    ");
}

#[test]
fn missing_glyph() {
    let project = Project::new().change(ITEMS_FILE, "学校2所", "学校𓀀2所");
    let run = project.build(&["-q", "--only", "notice"]).refused();
    assert_eq!(project.tree("output"), "");
    assert_snapshot!(run.stderr, @"
    error[glyph-missing]: no font has the character “𓀀” (U+13000)
     --> content/p/items.yaml:5:13
      |
    5 |   text: 新建学校𓀀2所。
      |                 ^
      |
      = help: fonts tried: Noto Serif CJK SC、Noto Sans CJK SC、FandolFang R、LXGW WenKai、FandolKai. Install one that has it and name it under `fonts` in yinfa.yaml
    1 error
    ");
}

#[test]
fn all_problems_of_a_run_come_together() {
    let project = Project::new()
        .change(NOTICE_FILE, "date: 2025-03-06", "date: 2025-13-06")
        .change(ITEMS_FILE, "区教育局", "区教育")
        .file("content/p/a.yaml", "section: 民生\ntext: [1, 2]\nunits: 东山镇\n")
        .file("content/p/b.yaml", "section: 民生\ntext: \"没有结尾\n")
        .file("content/p/gbk.yaml", b"text: \xd0\xc2")
        .file("content/q/notice.yaml", NOTICE.replace("title: 关于", "titel: 关于"))
        .file("content/q/items.yaml", ITEMS.replace("发展", "建设"));
    let run = project.en(&["build", "--format", "html"]).refused();
    assert_snapshot!(run.codes().join(" "), @"wrong-kind yaml-quote-unclosed file-encoding unit-unknown date-wrong section-unknown key-unknown key-missing");
    assert_snapshot!(run.stderr, @r#"
    error[wrong-kind]: expected a text, found a list
     --> content/p/a.yaml:2:7
      |
    2 | text: [1, 2]
      |       ^^^^^^
      |
      = help: compare with docs/records.md; mind indentation and dashes

    error[yaml-quote-unclosed]: this quote is never closed
     --> content/p/b.yaml:2:7
      |
    2 | text: "没有结尾
      |       ^^^^^^^^^
      |
      = help: put the same quote at the end of the text, or delete the first one
      = detail: unclosed quote

    error[file-encoding]: “content/p/gbk.yaml” is not UTF-8
     --> content/p/gbk.yaml:1:7
      |
    1 | text: ��
      |       ^
      |
      = help: save it as UTF-8

    error[unit-unknown]: “区教育” is not in the registry of units
     --> content/p/items.yaml:6:11
      |
    6 |   units: [区教育]
      |           ^^^^^^
      |
      = help: did you mean “区教育局”?

    error[date-wrong]: “2025-13-06” is not a valid date
      --> content/p/notice.yaml:11:7
       |
    11 | date: 2025-13-06
       |       ^^^^^^^^^^
       |
       = help: months are 1 to 12

    error[section-unknown]: there is no section “建设”
     --> content/q/items.yaml:1:12
      |
    1 | - section: 建设
      |            ^^^^
      |
      = help: notice.yaml has: 发展, 民生

    error[key-unknown]: unknown key `titel`
     --> content/q/notice.yaml:1:1
      |
    1 | titel: 关于印发2025年工作要点的通知
      | ^^^^^
      |
      = help: did you mean `title`?

    error[key-missing]: `title` is missing
     --> content/q/notice.yaml:1:1
      |
    1 | titel: 关于印发2025年工作要点的通知
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: add a line `title: …`
    8 errors
    p: not built because of errors; what was there is untouched
    q: not built because of errors; what was there is untouched
    "#);
}

#[test]
fn problems_outside_the_records_do_not_hide_those_inside() {
    let project = Project::new()
        .change(ITEMS_FILE, "区教育局", "区教育")
        .file("templates/html/notice.html", "{{ title");
    assert_eq!(project.build_html(&[]).refused().codes(), ["unit-unknown", "template-wrong"]);

    let project = Project::new().change(ITEMS_FILE, "区教育局", "区教育");
    let run = project.en(&["build", "--ignore-system-fonts"]);
    assert!(run.codes().contains(&"unit-unknown"), "{run}");
    assert!(run.codes().contains(&"font-missing"), "{run}");
}

#[test]
fn a_problem_that_publications_share_is_reported_once() {
    let project = Project::new()
        .change(UNITS_FILE, "kind: 街道}", "kind: 街道, phone: 1}")
        .file("content/q/notice.yaml", NOTICE)
        .file("content/q/items.yaml", ITEMS);
    assert_eq!(project.en(&["list", "items"]).refused().codes(), ["key-unknown"]);
    assert_eq!(project.build_html(&[]).refused().codes(), ["key-unknown"]);
}

#[test]
fn a_publication_with_errors_keeps_what_it_had_while_the_others_are_built() {
    let project =
        Project::new().file("content/q/notice.yaml", NOTICE).file("content/q/items.yaml", ITEMS);
    project.build_html(&[]).clean();
    let before = project.files("output/p");
    let project = project
        .change(ITEMS_FILE, "units: [区发改局, 东山镇]", "units: [区财政局]")
        .change("content/q/items.yaml", "新建学校2所", "新建学校3所");
    let run = project.build_html(&[]).refused();
    assert_eq!(run.codes(), ["unit-unknown"]);
    assert_eq!(project.files("output/p"), before);
    let q: Vec<_> = project.files("output/q").into_values().collect();
    assert!(q.iter().any(|file| String::from_utf8_lossy(file).contains("新建学校3所")), "{run}");
}

#[test]
fn hints_are_left_out_when_only_errors_are_wanted() {
    let project = Project::new().change(ITEMS_FILE, "[区教育局]", "[有关部门, 区教育司]");
    assert_eq!(project.en(&["list", "items"]).codes(), ["unit-unnamed", "unit-unknown"]);
    assert_eq!(project.en(&["list", "items", "-q"]).codes(), ["unit-unknown"]);
}
