use std::path::Path;
use std::sync::Arc;
use yinfa::render::Templates;
use yinfa::typeset::*;
fn main() {
    let root = std::env::args().nth(1).unwrap();
    let id = std::env::args().nth(2).unwrap();
    let page: usize = std::env::args().nth(3).unwrap().parse().unwrap();
    let project = yinfa::content::load(Path::new(&root)).unwrap();
    let prep = yinfa::build::prepare(&project, |i| i == id);
    let home = std::env::var("HOME").unwrap();
    let set = FontSettings {
        dirs: vec![
            "/usr/share/fonts/opentype/noto".into(),
            "/usr/share/fonts/truetype/lxgw-wenkai".into(),
            format!("{home}/.local/share/fonts/yinfa").into(),
        ],
        ..Default::default()
    };
    let (fonts, _) = Fonts::find(&set);
    let fonts = Arc::new(fonts);
    let (t, _) = Templates::load(None).unwrap();
    let job = yinfa::build::notice_job(
        prep[0].publication.as_ref().unwrap(),
        &t,
        &fonts,
        &EmbeddedEngine::new(fonts.clone(), Standards::default()),
    )
    .unwrap();
    let laid = EmbeddedEngine::new(fonts, Standards::default()).lay_out(&job).unwrap();
    let p = &laid.pages()[page - 1];
    let mut runs = p.runs.clone();
    runs.sort_by(|a, b| a.glyphs[0].y.total_cmp(&b.glyphs[0].y));
    for r in runs {
        print!("{:.2} {} {:?}| ", r.style.size, r.style.family, r.style.turn);
        for g in &r.glyphs {
            print!("{}@{:.2},{:.2}+{:.3} ", g.text, g.x, g.y, g.advance);
        }
        println!();
    }
    for r in &p.rules {
        println!("{r:?}");
    }
}
