//! What `verify` says, and that each check can fail.

use std::fs;
use std::path::Path;

use yinfa::archive::verify::{OF_ARCHIVE, OF_BAG, Outcome, Property, verify_bag};

use super::{CODE, archived, bag, built, copy, of_document, seal, seal_with_list};
use crate::support::{Project, skip};

#[test]
fn a_whole_package_passes() {
    let project = archived();
    let run = project.zh(&["verify", "archive"]).clean();
    insta::assert_snapshot!(run.stdout, @"
    0012-WS·2025-D30-BGS-0001  云发改〔2025〕1号  关于印发2025年工作要点的通知
      ✓ 真实性 通过（2项未检查）   ✓ 完整性 通过   ✓ 可用性 通过   ✓ 安全性 通过（3项未检查）
        - 真实性 · 来源（登记簿）：未检查
            来源未证明：没有给出另处保存的登记簿摘要（--register-head）
        - 真实性 · 由源文件重新生成：未检查
            用 --rebuild 检查
    全部归档包
        ✓ 完整性 · 件号连续：通过
        ✓ 真实性 · 档号、文号不重复：通过
        ✓ 真实性 · 登记簿：通过
    未检查（要由人或别的程序检查）：病毒、载体、访问控制
    1 个归档包，0 个有问题
    ");
    // One package, from inside its folder, and in English.
    let run = project.finish(
        project.command().current_dir(project.path(&bag())).args(["verify", ".", "--lang", "en"]),
    );
    assert!(run.stdout.starts_with("0012-WS·2025-D30-BGS-0001  "), "{run}");
    assert_eq!(run.code, Some(0), "{run}");
}

#[test]
fn without_a_sealed_original_it_is_incomplete() {
    let project = built();
    let run = project.en(&["archive", "p"]);
    assert_eq!((run.code, run.codes()), (Some(0), vec!["original-missing"]));
    let info = project.read(&format!("{}/bag-info.txt", bag()));
    assert!(info.contains("正本: 未附盖章正本\n"), "{info}");
    let run = project.en(&["verify", &bag(), "--format", "json"]).refused();
    let bag = &run.json()["bags"][0];
    assert_eq!(bag["good"], false);
    assert_eq!(bag["properties"]["completeness"]["outcome"], "incomplete");
    assert_eq!(bag["properties"]["authenticity"]["outcome"], "passed");
}

#[test]
fn what_no_program_can_check_is_never_passed() {
    let project = archived();
    let json = project.en(&["verify", "archive", "--format", "json"]).clean().json();
    assert_eq!(json["good"], true);
    let security = &json["bags"][0]["properties"]["security"];
    assert_eq!(security["not_checked"], serde_json::json!(["viruses", "media", "access-control"]));
    for check in json["bags"][0]["checks"].as_array().unwrap() {
        let id = check["check"].as_str().unwrap();
        let beyond = ["viruses", "media", "access-control", "origin", "rebuild"].contains(&id);
        assert_eq!(check["outcome"] == "not-checked", beyond, "{check}");
    }
}

#[test]
fn nothing_to_verify() {
    let project = Project::new().file("empty/a.txt", "x");
    for path in ["empty", "missing", "yinfa.yaml"] {
        let run = project.en(&["verify", path]);
        assert_eq!((run.code, run.codes()), (Some(2), vec!["nothing-to-verify"]), "{run}");
    }
}

#[test]
fn a_package_that_lost_its_declaration_is_still_one() {
    let project = archived();
    let project = project.without(&format!("{}/bagit.txt", bag()));
    let run = project.en(&["verify", "archive"]).refused();
    assert!(run.stdout.contains("declaration of BagIt: failed"), "{run}");
    let project = project.file("archive/notes/readme.txt", "x");
    let run = project.en(&["verify", "archive"]).refused();
    assert!(run.stdout.contains("“notes” is no package, not checked"), "{run}");
}

/// Replaces words of a file of a bag.
fn change(bag: &Path, path: &str, from: &str, to: &str) {
    let path = bag.join(path);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{from} is not in {}", path.display());
    fs::write(path, text.replace(from, to)).unwrap();
}

/// Every check fails for a change that is about it, although all digests are right.
#[test]
fn every_check_can_fail() {
    let project = archived();
    let whole = project.path(&bag());
    let document = format!("data/电子档案/2025/{CODE}");
    let file = |name: &str| format!("{document}/{name}");
    let both = |bag: &Path, from: &str, to: &str| {
        change(bag, &file("元数据.xml"), &format!(">{from}<"), &format!(">{to}<"));
        change(bag, &file("元数据.json"), &format!("\"{from}\""), &format!("\"{to}\""));
    };
    let title = "关于印发2025年工作要点的通知";
    let loose_pdf = loose_pdf();
    type Change<'a> = Box<dyn Fn(&Path) + 'a>;
    let cases: Vec<(&str, Outcome, Change<'_>)> = vec![
        (
            "payload-digests",
            Outcome::Failed,
            Box::new(|bag| {
                change(bag, "data/说明文件.TXT", "归档包说明", "归档包说眀");
            }),
        ),
        (
            "tag-digests",
            Outcome::Failed,
            Box::new(|bag| {
                change(bag, "bag-info.txt", "版本: 1", "版本: 3");
            }),
        ),
        (
            "manifests",
            Outcome::Failed,
            Box::new(|bag| {
                change(
                    bag,
                    "manifest-sha256.txt",
                    "  data/说明文件.TXT\n",
                    " *data/说明文件.TXT\n",
                );
            }),
        ),
        (
            "declaration",
            Outcome::Failed,
            Box::new(|bag| {
                change(bag, "bagit.txt", "1.0", "0.97");
                seal(bag);
            }),
        ),
        (
            "labels",
            Outcome::Failed,
            Box::new(|bag| {
                change(bag, "bag-info.txt", "成文日期: 2025-03-06", "成文日期: 2025-03-07");
                seal(bag);
            }),
        ),
        (
            "files-listed",
            Outcome::Failed,
            Box::new(|bag| {
                fs::write(bag.join("data/其他/added.txt"), "x").unwrap();
            }),
        ),
        (
            "file-list",
            Outcome::Failed,
            Box::new(|bag| {
                fs::write(bag.join("data/其他/added.txt"), "x").unwrap();
                seal(bag);
            }),
        ),
        (
            "components",
            Outcome::Failed,
            Box::new(|bag| {
                fs::write(bag.join("data/added.txt"), "x").unwrap();
                seal(bag);
            }),
        ),
        (
            "metadata-readable",
            Outcome::Failed,
            Box::new(|bag| {
                change(bag, &file("元数据.xml"), title, "关于印发2024年工作要点的通知");
                seal_with_list(bag);
            }),
        ),
        (
            "metadata-elements",
            Outcome::Incomplete,
            Box::new(|bag| {
                both(bag, "云溪区发改局", " ");
                seal_with_list(bag);
            }),
        ),
        (
            "metadata-values",
            Outcome::Failed,
            Box::new(|bag| {
                both(bag, "2025-03-06", "2025-02-30");
                seal_with_list(bag);
            }),
        ),
        (
            "archival-code",
            Outcome::Failed,
            Box::new(|bag| {
                both(bag, "0001", "0002");
                seal_with_list(bag);
            }),
        ),
        (
            "file-attributes",
            Outcome::Failed,
            Box::new(|bag| {
                both(bag, "PDF/A-2A", "PDF");
                seal_with_list(bag);
            }),
        ),
        (
            "metadata-agree",
            Outcome::Failed,
            Box::new(|bag| {
                both(bag, "主动公开", "不予公开");
                seal_with_list(bag);
            }),
        ),
        (
            "derived-files",
            Outcome::Failed,
            Box::new(|bag| {
                change(bag, "data/说明文件.TXT", "归档包说明", "归档包说眀");
                seal_with_list(bag);
            }),
        ),
        (
            "documents-agree",
            Outcome::Failed,
            Box::new(|bag| {
                both(bag, title, "关于印发2024年工作要点的通知");
                seal_with_list(bag);
            }),
        ),
        (
            "documents-agree",
            Outcome::Failed,
            Box::new(|bag| {
                both(bag, "云发改〔2025〕1号", "云发改〔2025〕2号");
                seal_with_list(bag);
            }),
        ),
        (
            "documents-agree",
            Outcome::Failed,
            Box::new(|bag| {
                both(bag, "2025-03-06", "2025-03-09");
                seal_with_list(bag);
            }),
        ),
        (
            "documents-agree",
            Outcome::Failed,
            Box::new(|bag| {
                change(bag, &file("网页.html"), title, "关于印发2024年工作要点的通知");
                seal_with_list(bag);
            }),
        ),
        (
            "original-agrees",
            Outcome::Failed,
            Box::new(|bag| {
                both(bag, "云发改〔2025〕1号", "云发改〔2025〕2号");
                seal_with_list(bag);
            }),
        ),
        (
            "origin-agrees",
            Outcome::Failed,
            Box::new(|bag| {
                change(bag, "data/其他/源文件/content/p/items.yaml", "10个", "11个");
                seal_with_list(bag);
            }),
        ),
        (
            "sealed-original",
            Outcome::Incomplete,
            Box::new(|bag| {
                both(bag, "正本", "副本");
                seal_with_list(bag);
            }),
        ),
        (
            "files-open",
            Outcome::Failed,
            Box::new(|bag| {
                fs::write(bag.join(file("正本.pdf")), "%PDF-1.7\nnothing else").unwrap();
                seal_with_list(bag);
            }),
        ),
        (
            "formats",
            Outcome::Failed,
            Box::new(|bag| {
                fs::write(bag.join(file("正本.pdf")), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").unwrap();
                seal_with_list(bag);
            }),
        ),
        (
            "fonts-embedded",
            Outcome::Failed,
            Box::new(|bag| {
                fs::write(bag.join(file("正本.pdf")), &loose_pdf).unwrap();
                seal_with_list(bag);
            }),
        ),
        (
            "pdf-archival",
            Outcome::Failed,
            Box::new(|bag| {
                fs::write(bag.join(file("排版稿.pdf")), &loose_pdf).unwrap();
                seal_with_list(bag);
            }),
        ),
        (
            "encryption",
            Outcome::Failed,
            Box::new(|bag| {
                let mut pdf = fs::read(bag.join(file("正本.pdf"))).unwrap();
                pdf.extend_from_slice(b"% /Encrypt 1 0 R\n");
                fs::write(bag.join(file("正本.pdf")), pdf).unwrap();
                seal_with_list(bag);
            }),
        ),
        (
            "names",
            Outcome::Failed,
            Box::new(|bag| {
                fs::write(bag.join("data/其他/a.txt"), "x").unwrap();
                fs::write(bag.join("data/其他/A.txt"), "x").unwrap();
                seal(bag);
            }),
        ),
        (
            "unclassified",
            Outcome::Failed,
            Box::new(|bag| {
                let path = bag.join("data/其他/源文件/content/p/notice.yaml");
                let text = fs::read_to_string(&path).unwrap();
                fs::write(path, text + "secrecy: {level: 秘密, term: 1年}\n").unwrap();
                seal_with_list(bag);
            }),
        ),
    ];
    let mut failed: Vec<&str> = Vec::new();
    for (place, (id, outcome, change)) in cases.iter().enumerate() {
        let folder = project.path(&format!("copies/{place}/{CODE}"));
        copy(&whole, &folder);
        change(&folder);
        let report = verify_bag(&folder);
        let check = report.check(id).unwrap();
        assert_eq!(check.outcome, *outcome, "{id} ({place}): {check:?}");
        assert!(!check.findings.is_empty(), "{id}");
        failed.push(id);
    }
    // Those that other tests make fail, and those that nothing can.
    failed.extend(["rebuild", "origin", "plain-files", "viruses", "media", "access-control"]);
    for kind in OF_BAG {
        assert!(failed.contains(&kind.id), "no case for {}", kind.id);
    }
}

/// What nobody could read is not passed: a scan may show a mark of secrecy.
#[test]
fn unread_is_not_unclassified() {
    let project = archived();
    let whole = project.path(&bag());
    let original = format!("data/电子档案/2025/{CODE}/正本.pdf");
    let unclassified = |name: &str, change: &dyn Fn(&Path)| {
        let folder = project.path(&format!("copies/{name}/{CODE}"));
        copy(&whole, &folder);
        change(&folder);
        verify_bag(&folder).check("unclassified").unwrap().clone()
    };
    let originals: [(&str, Vec<u8>); 5] = [
        ("scan", b"\xff\xd8\xff\xe0".to_vec()),
        ("tiff", b"II*\0".to_vec()),
        ("damaged", b"%PDF-1.7\nnothing else".to_vec()),
        ("no-text", loose_pdf()),
        ("empty", Vec::new()),
    ];
    for (name, bytes) in originals {
        let check = unclassified(name, &|bag| {
            fs::write(bag.join(&original), &bytes).unwrap();
            seal_with_list(bag);
        });
        assert_eq!(check.outcome, Outcome::NotChecked, "{name}: {check:?}");
        assert_eq!(check.findings[0].path.as_ref(), Some(&original), "{name}");
    }
    // Records that are not what they were are not read.
    let items = "data/其他/源文件/content/p/items.yaml";
    let check = unclassified("records", &|bag| change(bag, items, "10个", "11个"));
    assert_eq!(check.outcome, Outcome::NotChecked, "{check:?}");
    // What was found elsewhere counts more.
    let check = unclassified("both", &|bag| {
        fs::write(bag.join(&original), b"\xff\xd8\xff\xe0").unwrap();
        let metadata = format!("data/电子档案/2025/{CODE}/元数据.xml");
        change(bag, &metadata, ">非密<", ">秘密<");
        seal_with_list(bag);
    });
    assert_eq!(check.outcome, Outcome::Failed, "{check:?}");
}

/// A PDF of one page whose font is not in it.
fn loose_pdf() -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R \
         /Resources << /Font << /F1 4 0 R >> >> >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Length 36 >>\nstream\nBT /F1 12 Tf 100 700 Td (abc) Tj ET \nendstream",
    ];
    let mut pdf = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(pdf.len());
        pdf += &format!("{} 0 obj\n{object}\nendobj\n", number + 1);
    }
    let start = pdf.len();
    pdf += "xref\n0 6\n0000000000 65535 f \n";
    for place in places {
        pdf += &format!("{place:010} 00000 n \n");
    }
    pdf += &format!("trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
    pdf.into_bytes()
}

#[test]
fn a_document_without_a_printed_date_is_dated_by_its_file() {
    let project = super::project().add("content/p/notice.yaml", "sign_off: false\n");
    project.build(&[]).clean();
    let run = project.en(&["archive", "p"]);
    assert_eq!(run.code, Some(0), "{run}");
}

#[test]
fn a_broken_chain_of_versions_is_found() {
    let project = archived().change("content/p/items.yaml", "10个", "12个");
    project.build(&[]).clean();
    project.en(&["archive", "p", "--original", "sealed.pdf"]);
    project.en(&["verify", "archive"]).clean();
    // The first version is made good again by itself, but is no longer what the second replaced.
    change(&project.path(&bag()), "data/说明文件.TXT", "归档包说明", "归档包说眀");
    seal_with_list(&project.path(&bag()));
    let run = project.en(&["verify", "archive", "--format", "json"]).refused();
    let versions = &run.json()["archive"][2];
    assert_eq!(
        (versions["check"].as_str(), versions["outcome"].as_str()),
        (Some("versions"), Some("failed"))
    );
    fs::remove_dir_all(project.path(&bag())).unwrap();
    let run = project.en(&["verify", "archive"]).refused();
    assert!(
        run.stdout.contains("which “0012-WS·2025-D30-BGS-0001_v2” replaces, is not there"),
        "{run}"
    );
}

#[test]
fn the_checks_are_documented() {
    let doc = include_str!("../../../docs/archive.md");
    let row = |id: &str, property: &str| {
        doc.lines().any(|line| line.starts_with(&format!("| `{id}` | {property} |")))
    };
    for kind in OF_BAG.iter().chain(&OF_ARCHIVE) {
        let property = match kind.property {
            Property::Authenticity => "真实性",
            Property::Completeness => "完整性",
            Property::Usability => "可用性",
            Property::Security => "安全性",
        };
        assert!(row(kind.id, property), "`{}` is not in docs/archive.md", kind.id);
    }
    let rows = doc.lines().filter(|line| line.starts_with("| `") && line.contains("性 |")).count();
    assert_eq!(rows, OF_BAG.len() + OF_ARCHIVE.len());
}

#[test]
fn any_tool_verifies_a_package() {
    let project = archived();
    for (tool, manifest) in [
        ("sha256sum", "manifest-sha256.txt"),
        ("sha512sum", "manifest-sha512.txt"),
        ("sha256sum", "tagmanifest-sha256.txt"),
    ] {
        let check = |folder: &Path| {
            std::process::Command::new(tool)
                .args(["--check", "--strict", "--quiet", manifest])
                .current_dir(folder)
                .output()
        };
        match check(&project.path(&bag())) {
            Ok(output) => assert!(output.status.success(), "{tool} {manifest}"),
            Err(error) => skip(format_args!("{tool}: {error}")),
        }
    }
    assert!(project.path(&of_document("排版稿.pdf")).is_file());
}

#[test]
fn the_json_is_documented() {
    let doc = include_str!("../../../docs/archive.md");
    let json = doc.split_once("```json\n").unwrap().1.split_once("```").unwrap().0;
    let example: serde_json::Value = serde_json::from_str(json).unwrap();
    let project = built();
    project.en(&["archive", "p"]);
    let said = project.en(&["verify", &bag(), "--format", "json"]).refused().json();
    let checks = said["bags"][0]["checks"].as_array().unwrap();
    let original = checks.iter().find(|check| check["check"] == "sealed-original").unwrap();
    let mut said = said.clone();
    said["bags"][0]["checks"] = serde_json::json!([original]);
    assert_eq!(said, example);
}
