//! The pages, by path.

use std::collections::BTreeMap;

use serde::Serialize;

use super::about::{about, files};
use super::history::History;
use super::units::{Part, Units};
use super::views::*;
use crate::catalog::diff;
use crate::catalog::document::Document;
use crate::catalog::slug::slug;
use base::diag::Diagnostic;
use pages::render::Templates;

/// How many publications the first page shows.
const RECENT: usize = 12;
/// How many units and topics the first page shows.
const SHOWN: usize = 24;

type Made<T> = Result<T, Diagnostic>;

/// What pages are made from.
pub(super) struct Pages<'a> {
    pub(super) documents: &'a [Document],
    pub(super) history: &'a History,
    pub(super) units: &'a Units,
    pub(super) site: &'a SiteView,
    pub(super) templates: &'a Templates,
}

/// The values of one facet with the places of their publications, in their order.
struct Values {
    facets: Vec<Facet>,
    places: Vec<Vec<usize>>,
}

impl Pages<'_> {
    /// Every page.
    pub(super) fn all(&self) -> Made<BTreeMap<String, String>> {
        let mut pages = BTreeMap::new();
        let years = self.values(|d| vec![d.year.clone()], true, |year| year.into());
        let organs = self.values(|d| d.organs.clone(), false, |name| slug(name, &[name]));
        let topics = self.values(|d| d.topics.clone(), false, |name| slug(name, &[name]));
        let units = self.unit_facets();
        self.facet(&mut pages, ("years", "按年度", "年度"), &years)?;
        self.facet(&mut pages, ("organs", "按发文机关", "发文机关"), &organs)?;
        self.facet(&mut pages, ("topics", "按主题", "主题"), &topics)?;
        let view = FacetsView { heading: "按责任单位", measure: "项", facets: &units };
        pages.insert("units/index.html".into(), self.page("facets", "../", "units", view)?);
        self.unit_pages(&mut pages)?;
        for (place, document) in self.documents.iter().enumerate() {
            let folder = format!("p/{}", document.slug);
            let view = self.publication(place, document);
            if let Some(diff) = &view.diff {
                let html = self.page("history", "../../", "", diff)?;
                pages.insert(format!("{folder}/history.html"), html);
            }
            let html = self.page("publication", "../../", "", view)?;
            pages.insert(format!("{folder}/index.html"), html);
        }
        let mut most = units;
        most.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
        most.truncate(SHOWN);
        let home = HomeView {
            recent: self.documents.iter().take(RECENT).map(|d| self.row(d)).collect(),
            years: years.facets,
            organs: organs.facets,
            topics: topics.facets.into_iter().take(SHOWN).collect(),
            units: most,
        };
        pages.insert("index.html".into(), self.page("home", "", "home", home)?);
        Ok(pages)
    }

    fn page(
        &self,
        template: &str,
        root: &'static str,
        here: &'static str,
        view: impl Serialize,
    ) -> Made<String> {
        let page = Page { site: self.site, root, here, view };
        self.templates.render(&format!("catalog/{template}.html"), &page)
    }

    fn row(&self, document: &Document) -> Row {
        Row::of(document, self.site.internal)
    }

    fn values(
        &self,
        of: impl Fn(&Document) -> Vec<String>,
        newest_first: bool,
        page: impl Fn(&str) -> String,
    ) -> Values {
        let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (place, document) in self.documents.iter().enumerate() {
            for name in of(document) {
                let places = by_name.entry(name).or_default();
                if places.last() != Some(&place) {
                    places.push(place);
                }
            }
        }
        let mut values: Vec<(Facet, Vec<usize>)> = by_name
            .into_iter()
            .map(|(name, places)| {
                let page = format!("{}.html", page(&name));
                (Facet { page, count: places.len(), name }, places)
            })
            .collect();
        if newest_first {
            values.reverse();
        } else {
            // Stable: names that are as frequent stay in their order.
            values.sort_by_key(|(facet, _)| std::cmp::Reverse(facet.count));
        }
        let (facets, places) = values.into_iter().unzip();
        Values { facets, places }
    }

    fn facet(
        &self,
        pages: &mut BTreeMap<String, String>,
        (folder, heading, kind): (&'static str, &'static str, &'static str),
        values: &Values,
    ) -> Made<()> {
        let view = FacetsView { heading, measure: "份", facets: &values.facets };
        pages.insert(format!("{folder}/index.html"), self.page("facets", "../", folder, view)?);
        for (facet, places) in values.facets.iter().zip(&values.places) {
            let rows = places.iter().map(|&place| self.row(&self.documents[place])).collect();
            let heading = match folder {
                "years" => format!("{}年", facet.name),
                _ => facet.name.clone(),
            };
            let view = ListView { kind, heading, rows };
            let html = self.page("list", "../", folder, view)?;
            pages.insert(format!("{folder}/{}", facet.page), html);
        }
        Ok(())
    }

    fn unit_facets(&self) -> Vec<Facet> {
        let units = self.units.list.iter();
        units
            .map(|(name, unit)| Facet {
                name: name.clone(),
                page: format!("{}/index.html", unit.slug),
                count: unit.items.len(),
            })
            .collect()
    }

    /// A page for each unit, which shows its newest year, and one for each of its years.
    fn unit_pages(&self, pages: &mut BTreeMap<String, String>) -> Made<()> {
        for (name, unit) in &self.units.list {
            let mut years: Vec<(String, Vec<Part>)> = Vec::new();
            for &(place, item, role) in &unit.items {
                let year = &self.documents[place].year;
                match years.last_mut() {
                    Some((last, items)) if last == year => items.push((place, item, role)),
                    _ => years.push((year.clone(), vec![(place, item, role)])),
                }
            }
            let facets: Vec<Facet> = years
                .iter()
                .map(|(year, items)| Facet {
                    name: year.clone(),
                    page: format!("{year}.html"),
                    count: items.len(),
                })
                .collect();
            let others = unit.others.iter().filter_map(|other| {
                let entry = self.units.list.get(other)?;
                let page = format!("{}/index.html", entry.slug);
                Some(Facet { name: other.clone(), page, count: entry.items.len() })
            });
            let others: Vec<Facet> = others.collect();
            for (place, (year, items)) in years.iter().enumerate() {
                let view = |of_year| UnitView {
                    name: name.clone(),
                    contact: unit.contact.clone(),
                    others: others.clone(),
                    years: facets.clone(),
                    year: year.clone(),
                    of_year,
                    publications: self.unit_publications(items),
                };
                let folder = format!("units/{}", unit.slug);
                let html = self.page("unit", "../../", "units", view(true))?;
                pages.insert(format!("{folder}/{year}.html"), html);
                if place == 0 {
                    let html = self.page("unit", "../../", "units", view(false))?;
                    pages.insert(format!("{folder}/index.html"), html);
                }
            }
        }
        Ok(())
    }

    fn unit_publications(&self, items: &[Part]) -> Vec<UnitPublication> {
        let mut publications: Vec<(usize, UnitPublication)> = Vec::new();
        for &(place, item, role) in items {
            let document = &self.documents[place];
            let found = &document.items[item];
            let item = UnitItem {
                anchor: found.anchor.clone(),
                label: found.label.clone(),
                section: found.path.clone(),
                text: found.plain.clone(),
                role,
            };
            match publications.last_mut() {
                Some((last, publication)) if *last == place => publication.items.push(item),
                _ => {
                    let row = self.row(document);
                    publications.push((place, UnitPublication { row, items: vec![item] }));
                }
            }
        }
        publications.into_iter().map(|(_, publication)| publication).collect()
    }

    fn publication<'b>(&'b self, place: usize, document: &'b Document) -> PublicationView<'b> {
        let before = self.history.before(place);
        let diff =
            before.map(|(old, comparison)| diff::view(&self.documents[*old], document, comparison));
        let after = self.history.after(place);
        let row = |place: usize| self.row(&self.documents[place]);
        let mut sections: Vec<SectionView<'_>> = document
            .sections
            .iter()
            .map(|section| SectionView { section, items: Vec::new() })
            .collect();
        for (number, item) in document.items.iter().enumerate() {
            let responsible = item.roles.iter().map(|role| RoleView {
                role: role.role,
                names: role.names.iter().map(|name| self.unit(name)).collect(),
            });
            let dropped = self.history.is_dropped(place, number);
            let view = ItemView {
                item,
                responsible: responsible.collect(),
                steps: self.history.steps(self.documents, place, number),
                dropped: after.filter(|_| dropped).map(|after| self.documents[after].year.clone()),
            };
            if let Some(section) = sections.get_mut(item.section) {
                section.items.push(view);
            }
        }
        PublicationView {
            document,
            date_text: date(&document.date),
            about: about(document, self.site.internal),
            files: files(document),
            sections,
            before: before.map(|(old, _)| row(*old)),
            after: after.map(row),
            dropped: diff.as_ref().map(|diff| diff.dropped.clone()).unwrap_or_default(),
            diff,
        }
    }

    fn unit(&self, name: &str) -> Linked {
        let page = self.units.slug(name).map(|slug| format!("units/{slug}/index.html"));
        Linked { text: name.into(), page }
    }
}
