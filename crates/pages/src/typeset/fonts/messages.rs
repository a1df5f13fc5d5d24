//! What is said about the fonts that were found, or were not.

use std::path::Path;

use super::roles::{Role, Standing};
use base::diag::{Diagnostic, Diagnostics};
use base::text;

/// Says so where a role is served by another face than it should be, or by none.
pub(super) fn judge(role: Role, first: Option<(&str, Standing)>, diagnostics: &mut Diagnostics) {
    let (style, packages) = (role.style(), role.packages());
    match first {
        Some((_, Standing::Chosen | Standing::Standard)) => {}
        Some((family, Standing::Free)) => diagnostics.push(
            Diagnostic::hint(
                "font-fallback",
                text!(
                    "没有找到{style}，用风格相近的免费字体 {family} 代替",
                    "no {style} font was found; the free font {family} of the same style stands in for it"
                ),
            )
            .help(text!(
                "单位有正版{style}字体的，放进字体文件夹即可；用 yinfa fonts 查看",
                "if the office has a licensed {style} font, put it into the font folder; `yinfa fonts` shows what is used"
            )),
        ),
        Some((family, Standing::Stopgap)) => diagnostics.push(
            Diagnostic::warning(
                "font-stopgap",
                text!(
                    "没有找到{style}，只好用另一种风格的字体 {family} 代替，印出来看得出差别",
                    "no {style} font was found; {family}, of another style, stands in for it, and it shows"
                ),
            )
            .help(text!(
                "安装 {packages}，或者把{style}字体文件放进字体文件夹",
                "install {packages}, or put a {style} font into the font folder"
            )),
        ),
        Some((_, Standing::LastResort)) | None => diagnostics.push(missing(role)),
    }
}

fn missing(role: Role) -> Diagnostic {
    let (style, packages) = (role.style(), role.packages());
    let names = |per_candidate: usize| {
        let names = role.chain().iter().flat_map(|c| c.names.iter().take(per_candidate));
        names.copied().collect::<Vec<_>>()
    };
    let (zh, en) = (names(2).join("、"), names(1).join(", "));
    Diagnostic::error(
        "font-missing",
        text!(
            "没有找到{style}字体，找过：{zh}",
            "no {style} font was found; looked for {en}"
        ),
    )
    .help(text!(
        "安装 {packages}，或者把上面任一字体的文件放进字体文件夹，再用 yinfa fonts 检查",
        "install {packages}, or put one of these fonts into the font folder, then check with `yinfa fonts`"
    ))
}

pub(super) fn unknown_family(role: Role, family: &str) -> Diagnostic {
    let style = role.style();
    Diagnostic::warning(
        "font-family-unknown",
        text!(
            "设置里为{style}指定的字体“{family}”没有找到",
            "the font \"{family}\" that the settings name for {style} was not found"
        ),
    )
    .help(text!(
        "检查字体名（和 Word 字体列表里的一样）和字体文件夹",
        "check the name (the one in Word's list of fonts) and the font folder"
    ))
}

pub(super) fn no_folder(dir: &Path) -> Diagnostic {
    let dir = dir.display();
    Diagnostic::warning(
        "font-folder-missing",
        text!("字体文件夹“{dir}”不存在", "the font folder {dir} does not exist"),
    )
    .help(text!(
        "建立这个文件夹并放入字体，或者改正设置里的路径",
        "create it and put fonts in, or correct the path in the settings"
    ))
}

/// A font file that went away between the search and the setting.
pub(in crate::typeset) fn lost(path: &std::path::Path) -> Diagnostic {
    let path = path.display();
    Diagnostic::error(
        "font-file-lost",
        text!(
            "字体文件“{path}”在运行中被改动或删去了",
            "the font file {path} was changed or removed during the run"
        ),
    )
    .help(text!("请再运行一次", "run once more"))
}
