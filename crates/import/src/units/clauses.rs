//! The words of a bracket to units with their roles.

use super::assigned::{Assigned, Entry};
use super::deadline::is_deadline;
use super::names::{is_sentence, looks_like_unit, split_names, top_level, without_qualifier};
use super::roles::{Role, role_of_label, verb};
use crate::chars::fold;
use crate::limits;

/// Reads the words of a bracket or line. `None` where they say nothing about units.
pub(crate) fn parse(words: &str) -> Option<Assigned> {
    if words.len() > limits::BRACKET {
        return None;
    }
    let mut reader = Reader::default();
    reader.out.printed = words.trim().to_string();
    let words = reader.take_inner_sentence(words);
    let clauses = top_level(&words, &['；', '，', '。', ';', ',', ' ']);
    for (n, clause) in clauses.iter().enumerate() {
        if says_first_leads(clause) || is_same_below(clause) {
            reader.sentence(clause);
        } else {
            reader.clause(clause, clauses.get(n + 1).copied());
        }
    }
    reader.finish()
}

/// Reads names of a column or line whose role its heading gives.
pub(crate) fn parse_as(words: &str, role: Role) -> Assigned {
    if words.len() > limits::BRACKET {
        return Assigned::default();
    }
    let mut reader = Reader { role: Some(role), marked: true, ..Reader::default() };
    reader.out.printed = words.trim().to_string();
    let words = reader.take_inner_sentence(words);
    for clause in top_level(&words, &['；', '，', '。', ';', ',', ' ', '\n']) {
        if says_first_leads(clause) || is_same_below(clause) {
            reader.sentence(clause);
        } else {
            reader.clause(clause, None);
        }
    }
    reader.finish().unwrap_or_default()
}

/// The sentence that the first listed unit leads, where a text says so.
pub(crate) fn lead_sentence(text: &str) -> Option<&str> {
    let clauses = top_level(text, &['。', '；']);
    clauses.into_iter().find(|clause| {
        let folded = fold(clause);
        says_first_leads(clause)
            && (folded.contains("下同") || folded.contains("单位") || folded.contains("部门"))
    })
}

/// 列第一位者为牵头单位, 排名第一责任单位为牵头单位, 排在首位的为牵头部门.
pub(crate) fn says_first_leads(clause: &str) -> bool {
    let folded = fold(clause);
    let first = ["第一", "首位", "排在前", "列前", "首个", "排首", "第1"]
        .iter()
        .any(|word| folded.contains(word));
    first && folded.contains('为') && (folded.contains("牵头") || folded.contains("主办"))
}

/// 下同, 以下同.
fn is_same_below(clause: &str) -> bool {
    let folded = fold(clause);
    folded.chars().count() <= 6 && folded.ends_with('同') && folded.contains('下')
}

#[derive(Default)]
struct Reader {
    out: Assigned,
    /// The role that a label gave, for the clauses behind it.
    role: Option<Role>,
    /// Names that no verb has followed yet.
    pending: Vec<Entry>,
    /// Whether a label or a verb was seen.
    marked: bool,
}

impl Reader {
    /// Takes the sentence out where it stands in a bracket of its own: <排名第一…，以下同>.
    fn take_inner_sentence(&mut self, words: &str) -> String {
        for (open, close) in [
            ('<', '>'),
            ('〔', '〕'),
            ('（', '）'),
            ('〈', '〉'),
            ('[', ']'),
            ('(', ')'),
            ('【', '】'),
        ] {
            for (at, _) in words.match_indices(open) {
                let Some(end) = words[at..].find(close) else { continue };
                let inner = &words[at + open.len_utf8()..at + end];
                if says_first_leads(inner) {
                    self.out.sentence = Some(inner.trim_matches(['，', '。']).to_string());
                    let mut rest = words.to_string();
                    rest.replace_range(at..at + end + close.len_utf8(), "");
                    return rest;
                }
            }
        }
        words.to_string()
    }

    fn sentence(&mut self, clause: &str) {
        match &mut self.out.sentence {
            Some(sentence) if is_same_below(clause) => {
                sentence.push('，');
                sentence.push_str(clause);
            }
            Some(_) => {}
            // 下同 behind another sentence says nothing of who leads.
            None if is_same_below(clause) => self.besides(clause),
            None => self.out.sentence = Some(clause.to_string()),
        }
    }

    fn clause(&mut self, clause: &str, next: Option<&str>) {
        let clause = clause.trim();
        if let Some((label, names)) = labelled(clause) {
            self.labelled(label, names);
        } else if self.role == Some(Role::Deadline)
            || (self.out.deadline.is_none() && is_deadline(clause))
        {
            self.deadline(clause);
        } else if self.role == Some(Role::Person) {
            self.besides(clause);
        } else if let Some((names, role, words)) = verb(clause).filter(|v| !is_sentence(v.0)) {
            self.verb(names, role, words, next);
        } else if is_sentence(clause) {
            // 年内持续推进, 并定期通报, 以下各项均需各街道落实: nobody is named by it.
            self.besides(clause);
        } else if let Some(role) = self.role {
            self.add(role, split_names(clause));
        } else {
            self.pending.extend(split_names(clause));
        }
    }

    fn labelled(&mut self, label: &str, names: &str) {
        let Some(role) = role_of_label(label) else { return };
        self.marked = true;
        self.role = Some(role);
        if role == Role::Unit {
            let label: String = label.chars().filter(|c| !crate::chars::is_blank(*c)).collect();
            self.out.label = Some(label);
        } else if self.out.label.is_none()
            && let Some(body) = ["部门", "处室", "科室"].iter().find(|body| label.ends_with(**body))
        {
            self.out.label = Some(format!("责任{body}"));
        }
        match role {
            Role::Deadline => self.deadline(names),
            Role::Person => self.besides(&format!("{label}：{names}")),
            _ => match verb(names) {
                Some((names, role, words)) if role != Role::Unit => {
                    self.verb(names, role, words, None)
                }
                // 责任单位：A、B按职责分工负责 says the role twice.
                Some((names, ..)) => self.add(role, split_names(names)),
                None => self.add(role, split_names(names)),
            },
        }
    }

    fn deadline(&mut self, words: &str) {
        if words.trim().is_empty() {
            return;
        }
        match &mut self.out.deadline {
            Some(before) => {
                before.push('，');
                before.push_str(words);
            }
            None => self.out.deadline = Some(words.trim().to_string()),
        }
    }

    fn besides(&mut self, words: &str) {
        self.out.besides.push(words.to_string());
    }

    fn verb(&mut self, names: &str, role: Role, words: &str, next: Option<&str>) {
        let names = ["由", "请"].iter().find_map(|word| names.strip_prefix(word)).unwrap_or(names);
        self.marked = true;
        // A会同B负责: A leads.
        if let Some((lead, with)) = names.split_once("会同").filter(|(lead, _)| !lead.is_empty())
        {
            let mut leads = std::mem::take(&mut self.pending);
            leads.extend(split_names(lead));
            // Somebody else leads the whole: A leads what it does with B.
            let led = !self.out.leads.is_empty() && role != Role::Lead;
            self.add(if led { Role::Unit } else { Role::Lead }, leads);
            let others = split_names(with);
            let role = if role == Role::Lead { Role::Unit } else { role };
            self.add(role, others);
            self.set_verb(words);
            return;
        }
        let names = names.strip_prefix("会同").unwrap_or(names);
        let pending = std::mem::take(&mut self.pending);
        let entries = split_names(names);
        match role {
            // A、B，C配合: A and B are responsible.
            Role::Cooperating => {
                self.add(Role::Unit, pending);
                self.add(Role::Cooperating, entries);
            }
            Role::Lead => {
                let apart = !pending.is_empty() && next.is_none() && entries.is_empty();
                self.add(if apart { Role::Lead } else { Role::Unit }, pending);
                self.add(Role::Lead, entries);
            }
            _ => {
                self.add(Role::Unit, pending);
                self.add(Role::Unit, entries);
                self.set_verb(words);
            }
        }
    }

    fn set_verb(&mut self, words: &str) {
        if self.role.is_none() && words.ends_with("负责") || words.ends_with("負責") {
            self.out.label = Some(words.to_string());
        } else if self.out.label.is_none() {
            self.out.label = Some("负责".into());
        }
    }

    fn add(&mut self, role: Role, entries: Vec<Entry>) {
        for entry in entries {
            // A（牵头） among others leads.
            let (role, entry) = match entry.unit() {
                Some(name) if name.ends_with(['）', ')']) => {
                    let base = without_qualifier(name);
                    let inner = name[base.len()..].trim_matches(['（', '）', '(', ')']);
                    if ["牵头", "牵头单位", "主办", "牵头部门"].contains(&inner) {
                        (Role::Lead, Entry::Unit(base.to_string()))
                    } else if ["配合", "配合单位", "协办"].contains(&inner) {
                        (Role::Cooperating, Entry::Unit(base.to_string()))
                    } else {
                        (role, entry)
                    }
                }
                _ => (role, entry),
            };
            let list = match role {
                Role::Lead => &mut self.out.leads,
                Role::Cooperating => &mut self.out.cooperating,
                Role::Unit => &mut self.out.units,
                Role::Person | Role::Deadline => continue,
            };
            if !list.contains(&entry) {
                list.push(entry);
            }
        }
    }

    fn finish(mut self) -> Option<Assigned> {
        let bare = std::mem::take(&mut self.pending);
        self.add(Role::Unit, bare);
        let out = self.out;
        let labelled = self.role.is_some();
        let says = !out.is_empty() || out.deadline.is_some() || !out.besides.is_empty();
        if !says || !(self.marked || all_units(&out)) {
            return None;
        }
        // Verbs end sentences too: their names must look like units, or it is no assignment.
        if !labelled && !out.is_empty() {
            let (good, all) = count_units(&out);
            if all == 0 && !out.entries().any(|e| matches!(e, Entry::Etc(_))) || good * 2 < all {
                return None;
            }
        }
        Some(out)
    }
}

/// 责任单位：A splits at its colon.
fn labelled(clause: &str) -> Option<(&str, &str)> {
    let at = clause.find(['：', ':'])?;
    let sign = clause[at..].chars().next()?;
    let label = &clause[..at];
    role_of_label(label).map(|_| (label, &clause[at + sign.len_utf8()..]))
}

fn count_units(out: &Assigned) -> (usize, usize) {
    let names: Vec<&str> = out.entries().filter_map(Entry::unit).collect();
    (names.iter().filter(|name| looks_like_unit(name)).count(), names.len())
}

fn all_units(out: &Assigned) -> bool {
    let (good, all) = count_units(out);
    all > 0 && good == all && out.entries().filter_map(Entry::unit).all(|n| n.chars().count() >= 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(words: &str) -> String {
        let Some(a) = parse(words) else { return "-".into() };
        let list = |entries: &[Entry]| {
            let names: Vec<String> = entries
                .iter()
                .map(|e| match e {
                    Entry::Unit(name) => name.clone(),
                    Entry::Etc(words) => format!("*{words}"),
                })
                .collect();
            names.join(" ")
        };
        let mut out = Vec::new();
        for (sign, entries) in [("L", &a.leads), ("U", &a.units), ("C", &a.cooperating)] {
            if !entries.is_empty() {
                out.push(format!("{sign}[{}]", list(entries)));
            }
        }
        for (sign, text) in [("=", &a.label), ("!", &a.sentence), ("@", &a.deadline)] {
            if let Some(text) = text {
                out.push(format!("{sign}{text}"));
            }
        }
        out.extend(a.besides.iter().map(|b| format!("&{b}")));
        out.join(" ")
    }

    #[test]
    fn labels() {
        assert_eq!(show("责任单位：区科技局、妙西镇"), "U[区科技局 妙西镇] =责任单位");
        assert_eq!(
            show("牵头单位：区发改局；责任单位：区经信局；配合单位：织里镇、区财政局"),
            "L[区发改局] U[区经信局] C[织里镇 区财政局] =责任单位"
        );
        assert_eq!(show("牵头单位：区发改局，配合单位：织里镇"), "L[区发改局] C[织里镇]");
        assert_eq!(
            show("牵头部门：市发改委；协办部门：市财政局"),
            "L[市发改委] C[市财政局] =责任部门"
        );
        assert_eq!(show("责任单位：区发改局（牵头）、织里镇"), "L[区发改局] U[织里镇] =责任单位");
        assert_eq!(
            show("责任领导：张三；责任单位：区发改局"),
            "U[区发改局] =责任单位 &责任领导：张三"
        );
    }

    #[test]
    fn verbs() {
        assert_eq!(show("财政部、商务部负责"), "U[财政部 商务部] =负责");
        assert_eq!(
            show("财政部牵头，商务部、各地区按职责分工负责"),
            "L[财政部] U[商务部 各地区] =按职责分工负责"
        );
        assert_eq!(show("农业农村部、工业和信息化部牵头负责"), "L[农业农村部 工业和信息化部]");
        assert_eq!(
            show("财政部，各省级人民政府按职责分工负责"),
            "U[财政部 各省级人民政府] =按职责分工负责"
        );
        assert_eq!(show("教育部会同有关部门负责"), "L[教育部] U[有关部门] =负责");
        assert_eq!(show("由区发改局牵头，区财政局配合"), "L[区发改局] C[区财政局]");
        assert_eq!(show("区发改局、区财政局，织里镇配合"), "U[区发改局 区财政局] C[织里镇]");
        assert_eq!(show("财政部、商务部等负责"), "U[财政部 商务部 *等] =负责");
    }

    #[test]
    fn sentences_and_deadlines() {
        assert_eq!(
            show("责任单位：区科技局、埭溪镇<排名第一责任单位为牵头单位，以下同>"),
            "U[区科技局 埭溪镇] =责任单位 !排名第一责任单位为牵头单位，以下同"
        );
        assert_eq!(
            show("财政部负责。列第一位者为牵头单位，下同"),
            "U[财政部] =负责 !列第一位者为牵头单位，下同"
        );
        assert_eq!(
            show("税务总局、海关总署负责，排在第一位的部门为牵头部门，下同"),
            "U[税务总局 海关总署] =负责 !排在第一位的部门为牵头部门，下同"
        );
        assert_eq!(show("责任单位：区发改局，6月底完成"), "U[区发改局] =责任单位 @6月底完成");
        assert_eq!(show("责任单位：区发改局；完成时限：年底前"), "U[区发改局] =责任单位 @年底前");
    }

    #[test]
    fn what_is_no_assignment() {
        for words in [
            "上海周",
            "区、市",
            "超过100人的企业达到15%",
            "由省（区、市）统筹负责",
            "APP",
            "含技工院校",
        ] {
            assert_eq!(show(words), "-", "{words}");
        }
    }

    #[test]
    fn a_list_of_units_alone() {
        assert_eq!(show("区发改局、区财政局"), "U[区发改局 区财政局]");
    }
}
