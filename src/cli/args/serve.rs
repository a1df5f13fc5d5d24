//! `yinfa watch` and `yinfa serve`.

use clap::{Arg, Command, value_parser};

use super::{build_args, parts, poll, publications};

pub(super) fn watch(t: impl Fn(&'static str, &'static str) -> &'static str) -> Command {
    Command::new("watch")
        .about(t("文件改动后自动重新生成", "build, and build again after each change"))
        .arg(publications(&t))
        .args(parts(&t))
        .arg(poll(&t))
        .args(build_args(&t))
}

pub(super) fn serve(t: impl Fn(&'static str, &'static str) -> &'static str) -> Command {
    Command::new("serve")
        .about(t(
            "在浏览器中预览，文件改动后自动更新",
            "a preview in the browser that follows every change",
        ))
        .arg(publications(&t))
        .arg(
            Arg::new("port").long("port").value_name("PORT").value_parser(value_parser!(u16)).help(
                t(
                    "端口；不写就用 4780，被占用时用其后空闲的一个",
                    "the port; when left out 4780, or the next one that is free",
                ),
            ),
        )
        .arg(poll(&t))
        .args(build_args(&t))
}
