//! The preview's page in a real browser. With `YINFA_PREVIEW_OUT` set to a folder, pictures of
//! what it looked like are left there.

use std::fs;
use std::path::Path;

use crate::browser::{Browser, key};
use crate::serve::Served;
use crate::support::{ITEMS, NOTICE, Project};

/// A project whose notice is long enough to scroll, with something for the rules to find.
fn project() -> Project {
    let items: String = (0..30)
        .map(|n| {
            let filler = "扎实做好各项工作，确保按期完成。".repeat(6);
            format!("- section: 发展\n  text: 第{n}批项目开工。{filler}\n  units: [区发改局]\n")
        })
        .collect();
    Project::new().file("content/p/items.yaml", items + ITEMS)
}

fn picture(browser: &Browser, name: &str) {
    if let Some(folder) = std::env::var_os("YINFA_PREVIEW_OUT") {
        browser.screenshot(&Path::new(&folder).join(format!("{name}.png")));
    }
}

/// What the page shows of the web page, and that all panes are there.
const WEB: &str = "document.querySelector('#web iframe:not(.next)').contentDocument";
const SETTLED: &str = "document.querySelector('#web iframe:not(.next)') \
    && !document.querySelector('#web iframe.next') \
    && !document.querySelector('#pages').hasAttribute('aria-busy') \
    && document.querySelector('#pages img')?.complete";

fn opened(served: &Served, width: u32, height: u32) -> Option<Browser> {
    let browser = Browser::start()?;
    browser.size(width, height);
    browser.open(&served.url());
    browser.wait("document.body.dataset.version");
    browser.wait(SETTLED);
    Some(browser)
}

/// Waits until the page shows a later build than the one it shows now.
fn rebuilt(browser: &Browser, change: impl FnOnce()) {
    let before = browser.script("return Number(document.body.dataset.version)");
    change();
    browser.wait(&format!("Number(document.body.dataset.version) > {before}"));
}

fn text_of_web(browser: &Browser) -> String {
    let text = browser.script(&format!("return {WEB}.body.innerText"));
    text.as_str().unwrap().to_owned()
}

#[test]
fn an_edit_shows_an_error_lies_over_it_and_goes_away() {
    let project = project();
    let served = Served::start(&project, &["--lang", "zh"]);
    let Some(browser) = opened(&served, 1440, 900) else { return };
    assert!(text_of_web(&browser).contains("开工重大项目10个"));
    picture(&browser, "desktop");

    // The panes are scrolled, and stay where they are when something changes.
    browser.script(&format!("{WEB}.defaultView.scrollTo({{top: 700, behavior: 'instant'}})"));
    browser.script("document.querySelector('#pages').scrollTop = 900");
    let first = browser.script("return document.querySelector('#pages li').dataset.name");
    let names = "[...document.querySelectorAll('#pages li')].map(li => li.dataset.name).join()";
    let before = browser.script(&format!("return {names}"));
    let mut project = Some(project);
    rebuilt(&browser, || {
        project = project.take().map(|p| p.change("content/p/items.yaml", "10个", "12个"));
    });
    browser.wait(&format!("{WEB}.body.innerText.includes('开工重大项目12个')"));
    browser.wait(&format!("{names} !== {before}"));
    browser.wait(SETTLED);
    let places =
        format!("return [{WEB}.defaultView.scrollY, document.querySelector('#pages').scrollTop]");
    let places_now = format!("() => {{ {places} }}");
    assert_eq!(browser.script(&places), serde_json::json!([700, 900]));
    // A page that is as it was is not loaded anew.
    assert_eq!(browser.script("return document.querySelector('#pages li').dataset.name"), first);

    // Broken: the message lies over the last good page, with its line.
    rebuilt(&browser, || {
        project =
            project.take().map(|p| p.change("content/p/items.yaml", "[区教育局]", "[区教委会]"));
    });
    browser.wait("!document.querySelector('#problems').hidden");
    let message = browser.wait("document.querySelector('#problems-list').innerText");
    let message = message.as_str().unwrap();
    assert!(message.contains("区教委会") && message.contains("items.yaml:"), "{message}");
    browser.wait("document.querySelector('#state').dataset.state == 'failed'");
    assert!(text_of_web(&browser).contains("开工重大项目12个"));
    browser.click("#problems .open");
    assert_eq!(browser.wait("document.querySelector('#problems mark')?.textContent"), "区教委会");
    picture(&browser, "error");
    browser.prefer_dark(true);
    picture(&browser, "error-dark");
    browser.prefer_dark(false);
    // Out of the way, and back.
    browser.press(&[key::ESCAPE]);
    browser.wait("document.querySelector('#problems').hidden");
    browser.click("#problems-show");
    browser.wait("!document.querySelector('#problems').hidden");
    // Closed, it comes back with another error only.
    browser.click("#problems-close");
    rebuilt(&browser, || {
        project = project.take().map(|p| p.add("content/p/items.yaml", "# not yet\n"));
    });
    assert_eq!(browser.script("return document.querySelector('#problems').hidden"), true);
    rebuilt(&browser, || {
        project = project.take().map(|p| p.change("content/p/items.yaml", "区教委会", "区教务会"));
    });
    browser.wait("!document.querySelector('#problems').hidden");

    // Mended: it goes away by itself, and nothing was lost.
    rebuilt(&browser, || {
        project = project.take().map(|p| p.change("content/p/items.yaml", "区教务会", "区教育局"));
    });
    browser.wait("document.querySelector('#problems').hidden");
    browser.wait("document.querySelector('#state').dataset.state == 'built'");
    assert_eq!(browser.script("return document.querySelector('#problems-show').hidden"), true);
    browser.wait(SETTLED);
    assert_eq!(browser.script(&places), serde_json::json!([700, 900]));

    // Somebody who looks elsewhere comes back to the same places.
    for (elsewhere, title) in [("findings", "检查结果"), ("breakdown", "任务分解总表")] {
        browser.click(&format!("#documents a[href*='d={elsewhere}']"));
        browser.wait(&format!("document.querySelector('h1').textContent == '{title}'"));
        browser.click("#documents a[href*='d=notice']");
        browser.wait("document.querySelector('h1').textContent == '通知'");
        browser.wait(&format!("({places_now})()[0] == 700 && ({places_now})()[1] == 900"));
    }
    for view in ["pages", "web", "both"] {
        browser.script(&format!("document.querySelector('[name=view][value={view}]').click()"));
    }
    assert_eq!(browser.script(&places), serde_json::json!([700, 900]));
    assert_eq!(browser.log(), "");
}

#[test]
fn new_renamed_and_deleted_files_show_in_the_lists() {
    let project = Project::new();
    let served = Served::start(&project, &["--lang", "en"]);
    let Some(browser) = opened(&served, 1440, 900) else { return };
    let ids =
        "[...document.querySelectorAll('#publications small')].map(s => s.textContent).join()";
    assert_eq!(browser.script(&format!("return {ids}")), "云发改〔2025〕1号");

    // A second publication is listed, and looked at; then it is renamed, then deleted.
    let project = project
        .file("content/q/items.yaml", ITEMS)
        .file("content/q/notice.yaml", NOTICE.replace("serial: 1", "serial: 2"));
    browser.wait(&format!("{ids} == '云发改〔2025〕1号,云发改〔2025〕2号'"));
    browser.click("#publications li:nth-child(2) a");
    browser.wait("location.hash.includes('p=q')");
    browser.wait(SETTLED);
    fs::rename(project.path("content/q"), project.path("content/r")).unwrap();
    browser.wait("document.querySelector('#publications a[href*=\"p=r\"]')");
    // Whoever looked at what is gone now looks at one that is there.
    browser.wait("location.hash.includes('p=p')");
    fs::remove_dir_all(project.path("content/r")).unwrap();
    browser.wait(&format!("{ids} == '云发改〔2025〕1号'"));

    // A sheet is looked at; the place is kept when a file comes and goes, and over a reload.
    browser.type_into("#filter", "教育");
    browser.wait("document.querySelectorAll('#sheets li').length == 1");
    browser.click("#sheets a");
    browser.wait("document.querySelector('h1').textContent == 'Task sheet of 区教育局'");
    browser.wait(SETTLED);
    picture(&browser, "sheet");
    let mut project = Some(project);
    rebuilt(&browser, || {
        let more = "- {section: 民生, text: 改造校舍3所。, units: [区教育局]}\n";
        project = project.take().map(|p| p.file("content/p/more.yaml", more));
    });
    browser.wait(&format!("{WEB}.body.innerText.includes('改造校舍3所')"));
    rebuilt(&browser, || {
        project = project.take().map(|p| p.without("content/p/more.yaml"));
    });
    browser.wait(&format!("!{WEB}.body.innerText.includes('改造校舍3所')"));
    assert_eq!(browser.script("return document.querySelector('#filter').value"), "教育");
    browser.open(browser.script("return location.href").as_str().unwrap());
    browser.wait("document.querySelector('h1').textContent == 'Task sheet of 区教育局'");

    // Links in the frame take the lists along.
    browser.click("#documents a[href*='d=index']");
    let link = format!("[...{WEB}.links].find(a => a.textContent == '东山镇')");
    browser.wait(&link);
    // A PDF would show nothing in it.
    let pdf = format!("[...{WEB}.links].filter(a => a.pathname.endsWith('.pdf'))");
    browser.wait(&format!("{pdf}.length > 0 && {pdf}.every(a => a.target == '_blank')"));
    browser.script(&format!("{link}.click()"));
    browser.wait("document.querySelector('h1').textContent == 'Task sheet of 东山镇'");
    browser.wait("new URLSearchParams(location.hash.slice(1)).get('u') == '东山镇'");
    assert_eq!(browser.log(), "");
}

#[test]
fn findings_lead_to_their_lines() {
    let project = Project::new().change(
        "content/p/items.yaml",
        "新建学校2所。",
        "新建学校2所，加强工做部署。",
    );
    let served = Served::start(&project, &["--lang", "zh"]);
    let Some(browser) = opened(&served, 390, 844) else { return };
    browser.script("location.hash = '#p=p&d=findings'");
    browser.wait("document.querySelector('#findings-list .finding')");
    let item =
        "[...document.querySelectorAll('.finding')].find(f => f.innerText.includes('工做部署'))";
    browser.wait(item);
    browser.script(&format!("{item}.querySelector('.open').click()"));
    browser.wait(&format!("{item}.querySelector('mark')?.textContent.includes('工做')"));
    picture(&browser, "findings-phone");
    // What is open stays open through a build that moves the line.
    let mut project = Some(project);
    rebuilt(&browser, || {
        project = project.take().map(|p| {
            let text = p.read("content/p/items.yaml");
            p.file("content/p/items.yaml", format!("# a comment\n{text}"))
        });
    });
    browser.wait(&format!("{item}.querySelector('.open').textContent.includes(':6:')"));
    browser.wait(&format!("{item}.querySelector('.at .number').textContent == '6'"));
    // Filters.
    browser.script("document.querySelector('[name=severity][value=error]').click()");
    browser.wait("document.querySelectorAll('#findings-list .finding').length == 0");
    browser.script("document.querySelector('[name=severity][value=\"\"]').click()");
    browser.type_into("#filter-findings", "typo");
    browser.wait("document.querySelectorAll('#findings-list .finding').length == 1");
}

#[test]
fn it_fits_a_phone() {
    let project = project().change("content/p/items.yaml", "[区教育局]", "[区教委会]");
    // Good once, so that there is a page below the message.
    let served = Served::start(&project, &["--lang", "zh"]);
    let Some(browser) = Browser::start() else { return };
    browser.size(390, 844);
    browser.open(&served.url());
    browser.wait("!document.querySelector('#problems').hidden");
    let fits = "document.documentElement.scrollWidth <= innerWidth && innerWidth == 390";
    let wide = "return [...document.querySelectorAll('body *')].filter(e => e.checkVisibility() \
        && !e.closest('pre, .unseen, .skip') && e.getBoundingClientRect().right > innerWidth + 1) \
        .map(e => e.outerHTML.slice(0, 120))";
    let check = |what: &str| {
        browser.wait(fits);
        assert_eq!(browser.script(wide), serde_json::json!([]), "{what}");
    };
    check("error");
    picture(&browser, "phone-error");
    let project = project.change("content/p/items.yaml", "区教委会", "区教育局");
    browser.wait("document.querySelector('#problems').hidden");
    browser.wait(SETTLED);
    check("web page");
    picture(&browser, "phone");
    browser.script("document.querySelector('[name=view][value=pages]').click()");
    browser.wait("document.querySelector('#pages img').getBoundingClientRect().width > 300");
    check("pages");
    picture(&browser, "phone-pages");
    browser.click("#menu");
    browser.wait("document.querySelector('#nav').checkVisibility()");
    check("menu");
    picture(&browser, "phone-menu");
    browser.click("#sheets a");
    browser.wait("!document.querySelector('#nav').checkVisibility()");
    browser.wait("document.querySelector('h1').textContent.endsWith('任务单')");
    check("sheet");
    browser.script("location.hash = '#p=p&d=findings'");
    browser.wait("document.querySelector('#findings').checkVisibility()");
    check("findings");
    drop(project);
}

#[test]
fn the_keyboard_is_enough() {
    let project = Project::new();
    let served = Served::start(&project, &["--lang", "en"]);
    let Some(browser) = opened(&served, 1440, 900) else { return };
    let focus = "(document.activeElement.id || document.activeElement.textContent.trim())";
    // Tab reaches everything in its order, and what has the focus can be seen.
    let mut reached = Vec::new();
    for _ in 0..40 {
        browser.press(&[key::TAB]);
        let here = browser.script(&format!("return {focus}"));
        let here = here.as_str().unwrap().to_owned();
        let visible = browser.script(
            "const e = document.activeElement; const mark = e.matches('.switch input') ? e.nextElementSibling : e; \
             const r = mark.getBoundingClientRect(); \
             return e === document.body || e.tagName == 'IFRAME' || (getComputedStyle(mark).outlineStyle != 'none' \
                && r.right > 0 && r.bottom > 0)",
        );
        assert_eq!(visible, true, "no visible focus on {here}");
        let round = reached.first() == Some(&here);
        if round {
            break;
        }
        reached.push(here);
    }
    let all = reached.join(" | ").to_lowercase();
    for part in ["skip to", "breakdown", "findings", "filter", "区教育局", "open pdf", "pages"]
    {
        assert!(all.contains(part), "{part}: {all}");
    }

    // From the list to a sheet, into its pages, and down.
    browser.script("document.querySelector('#filter').focus()");
    browser.press(&[key::TAB, key::ENTER]);
    browser.wait("location.hash.includes('d=sheet')");
    browser.wait(SETTLED);
    browser.wait("document.activeElement.getAttribute('aria-current') == 'page'");
    browser.script("document.querySelector('[name=view]:checked').focus()");
    browser.press(&[key::DOWN, key::DOWN]);
    browser.wait("document.querySelector('#panes').dataset.view == 'pages'");
    browser.script("document.querySelector('#pages').focus()");
    browser.press(&[key::DOWN, key::DOWN]);

    // What an error says is announced, reached and put away without a mouse.
    let project = project.change("content/p/items.yaml", "[区教育局]", "[区教委会]");
    browser.wait("document.querySelector('#announce').textContent.includes('区教委会')");
    let order = "return [...document.querySelectorAll('#problems button')].map(b => b.textContent)";
    assert!(browser.script(order).as_array().unwrap().len() >= 3);
    browser.press(&[key::ESCAPE]);
    browser.wait("document.querySelector('#problems').hidden");
    browser.script("document.querySelector('#problems-show').focus()");
    browser.press(&[key::ENTER]);
    browser.wait("document.activeElement.id == 'problems-title'");
    browser.press(&[key::TAB, key::ENTER]);
    browser.wait("document.activeElement.id == 'problems-show'");

    // Landmarks and names, as a screen reader goes by them.
    for selector in ["header", "nav[aria-label]", "main", "[role=status]", "[role=alert]", "h1"] {
        let found = browser.script(&format!("return !!document.querySelector('{selector}')"));
        assert_eq!(found, true, "{selector}");
    }
    let nameless = browser.script(
        "return [...document.querySelectorAll('button, a, input, iframe, img')].filter(e => \
            !(e.textContent.trim() || e.title || e.alt || e.getAttribute('aria-label') \
              || e.closest('label')?.textContent.trim())).map(e => e.outerHTML)",
    );
    assert_eq!(nameless, serde_json::json!([]));
    drop(project);
}

#[test]
fn it_says_when_the_server_is_gone_and_goes_on_with_the_next() {
    let project = Project::new();
    let served = Served::start(&project, &["--lang", "en"]);
    let Some(browser) = opened(&served, 1440, 900) else { return };
    let port = served.port.to_string();
    drop(served);
    browser.wait("document.querySelector('#state').dataset.state == 'lost'");
    let project = project.change("content/p/items.yaml", "10个", "15个");
    let served = Served::start(&project, &["--lang", "en", "--port", &port]);
    browser.wait("document.querySelector('#state').dataset.state == 'built'");
    browser.wait(&format!("{WEB}.body.innerText.includes('开工重大项目15个')"));
    drop(served);
}
