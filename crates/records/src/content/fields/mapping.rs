//! Values that are written as mappings with fixed keys.

use super::reader::Fields;
use super::shape::{Field, MappingShape, Shape};
use super::value::Value;
use crate::content::yaml::{Node, NodeKind};
use base::diag::{Diagnostics, Source, Span, Words};

/// A value that is written as a mapping with fixed keys.
pub(crate) trait Mapping: Sized {
    /// Its name in `$defs` of the JSON Schema.
    const NAME: &'static str;
    /// Keys of which exactly one must be there; none where there is no such choice.
    const ONE_OF: &'static [&'static str] = &[];
    /// What should stand here, for the message where something else does.
    const WHAT: Words;
    /// Asks for every key. Keys that depend on others are asked for in any case, so that a mapping
    /// without a key tells all of them.
    fn read_fields(fields: &mut Fields<'_>) -> Option<Self>;
}

impl<T: Mapping> Value for T {
    fn shape() -> Shape {
        Shape::Mapping(mapping_shape::<T>())
    }

    fn read(node: &Node, diags: &mut Diagnostics) -> Option<Self> {
        let mut fields = Fields::open(node, T::WHAT, diags)?;
        let value = T::read_fields(&mut fields);
        fields.finish();
        value
    }
}

/// The shape of a mapping.
pub(crate) fn mapping_shape<T: Mapping>() -> MappingShape {
    MappingShape { name: T::NAME, fields: declared::<T>, also_required: &[], one_of: T::ONE_OF }
}

/// The keys that the reader of a mapping asks for, heard while it reads an empty one.
fn declared<T: Mapping>() -> Vec<Field> {
    let source = Source::new(T::NAME, "");
    let node = Node { kind: NodeKind::Map(Vec::new()), span: Span::file(source) };
    let mut problems = Diagnostics::new();
    let Some(mut fields) = Fields::open(&node, T::WHAT, &mut problems) else { return Vec::new() };
    fields.listen();
    // The empty mapping itself is of no use: what counts is what was asked for.
    let _ = T::read_fields(&mut fields);
    fields.heard()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::fields::key;
    use crate::content::yaml::parse;
    use base::diag::{Lang, SourceText};

    /// A folder with folders inside.
    struct Folder {
        name: Option<SourceText>,
        inside: Vec<Folder>,
    }

    impl Mapping for Folder {
        const NAME: &'static str = "folder";
        const WHAT: Words = Words::new("一个文件夹", "a folder");

        fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
            let name = fields.required_text(key("name", "名称", "its name"));
            let shown = fields.choice(key("shown", "显示", "shown"), &[("all", 1), ("none", 2)]);
            let inside = fields.list(key("inside", "里面", "inside"));
            if shown.is_some_and(|shown| shown.value == 2) {
                fields.refuse(&[key("inside", "", "")]);
            }
            Some(Self { name, inside })
        }
    }

    fn read(text: &str) -> (Option<Folder>, Vec<String>) {
        let (document, mut diags) = parse(&Source::new("t.yaml", text));
        let folder = document.root.as_ref().and_then(|root| Folder::read(root, &mut diags));
        (folder, diags.iter().map(|d| format!("{} {}", d.code, d.message.get(Lang::En))).collect())
    }

    #[test]
    fn what_is_asked_for_is_declared() {
        let Shape::Mapping(folder) = Folder::shape() else { panic!("no mapping") };
        let fields = (folder.fields)();
        let keys: Vec<_> = fields.iter().map(|f| (f.key.name, f.required)).collect();
        assert_eq!(keys, [("name", true), ("shown", false), ("inside", false)]);
        assert!(matches!(&fields[0].shape, Shape::Text));
        assert!(matches!(&fields[1].shape, Shape::Choice(words) if words == &["all", "none"]));
        let Shape::OneOrMore(inside) = &fields[2].shape else { panic!("no list") };
        assert!(matches!(&**inside, Shape::Mapping(folder) if folder.name == "folder"));
    }

    #[test]
    fn what_is_not_asked_for_is_unknown() {
        let (folder, problems) = read("name: 甲\ninside: [{name: 乙}, {nam: 丙}]\n");
        let folder = folder.expect("a folder");
        assert_eq!(folder.name.as_deref(), Some("甲"));
        assert_eq!(folder.inside.len(), 2);
        assert_eq!(problems, ["key-missing `name` is missing", "key-unknown unknown key `nam`"]);
        let (_, problems) = read("name: 甲\nshown: none\ninside: []\n");
        assert_eq!(problems, ["key-unknown unknown key `inside`"]);
    }
}
