//! How characters sound, without tones; near sounds are those that keyboards and dialects take for
//! each other: zh/z, ch/c, sh/s, n/l, -ng/-n.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use pinyin::ToPinyin;

/// Further readings of characters that have several in daily use.
const READINGS: &str = "重chong 重zhong 调tiao 调diao 长chang 长zhang 行hang 行xing 校jiao 校xiao 率lü 率shuai 还hai 还huan \
传chuan 传zhuan 弹dan 弹tan 降jiang 降xiang 系xi 系ji 薄bo 薄bao 乐le 乐yue 朝chao 朝zhao 藏cang 藏zang 参can 参cen 差cha \
差chai 处chu 当dang 得de 得dei 的de 的di 地di 地de 都du 都dou 发fa 分fen 供gong 会hui 会kuai 几ji 间jian 将jiang 解jie \
卷juan 看kan 量liang 露lu 露lou 模mo 模mu 难nan 宁ning 强qiang 切qie 曲qu 少shao 盛sheng 盛cheng 数shu 说shuo 似si \
似shi 提ti 为wei 相xiang 血xue 血xie 与yu 载zai 占zhan 着zhe 着zhao 中zhong 种zhong 转zhuan 作zuo 度du 给gei 给ji 便bian \
便pian 屏ping 屏bing 臭chou 角jiao 觉jue 觉jiao 结jie 盖gai 合he 核he 华hua 奇qi 奇ji 区qu 塞sai 塞se 省sheng 省xing \
石shi 石dan 识shi 宿su 属shu 尾wei 吓xia 吓he 咽yan 约yue 殷yin 择ze 粘zhan 粘nian 炸zha 轧ya 轧zha 厦sha 厦xia 俯fu";

/// The syllables of all characters that were asked for are numbered by this table.
static NUMBERS: LazyLock<BTreeMap<String, u16>> = LazyLock::new(|| {
    let all = ('\u{4e00}'..='\u{9fff}').filter_map(|c| Some(near(c.to_pinyin()?.plain())));
    let mut sounds: Vec<String> = all.collect();
    sounds.sort_unstable();
    sounds.dedup();
    sounds.into_iter().zip(0..).collect()
});

/// How characters sound.
pub(super) struct Sounds {
    readings: BTreeMap<char, Vec<&'static str>>,
}

impl Default for Sounds {
    fn default() -> Self {
        let mut readings: BTreeMap<char, Vec<&'static str>> = BTreeMap::new();
        for word in READINGS.split_whitespace() {
            let mut chars = word.chars();
            if let Some(c) = chars.next() {
                readings.entry(c).or_default().push(chars.as_str());
            }
        }
        Self { readings }
    }
}

/// A syllable in the form that near ones share.
fn near(syllable: &str) -> String {
    let mut sound = syllable.replace('ü', "v");
    for (retroflex, plain) in [("zh", "z"), ("ch", "c"), ("sh", "s"), ("l", "n")] {
        if let Some(rest) = sound.strip_prefix(retroflex) {
            sound = format!("{plain}{rest}");
            break;
        }
    }
    sound.strip_suffix('g').map(str::to_string).filter(|s| s.ends_with('n')).unwrap_or(sound)
}

/// The character slot that stands for a sound: private use, where no word has a character.
pub(super) fn key_of(sound: u16) -> u16 {
    0xe000 + sound
}

impl Sounds {
    fn syllables(&self, c: char) -> Vec<&'static str> {
        let mut all: Vec<&'static str> = c.to_pinyin().iter().map(|p| p.plain()).collect();
        for more in self.readings.get(&c).into_iter().flatten() {
            if !all.contains(more) {
                all.push(more);
            }
        }
        all
    }

    /// The numbers of its sounds, near ones alike.
    pub(super) fn near(&self, c: char) -> Vec<u16> {
        let mut found: Vec<u16> =
            self.syllables(c).into_iter().filter_map(|s| NUMBERS.get(&near(s)).copied()).collect();
        found.dedup();
        found
    }

    /// Whether two characters sound alike but for the tone.
    pub(super) fn same(&self, a: char, b: char) -> bool {
        let b = self.syllables(b);
        self.syllables(a).iter().any(|syllable| b.contains(syllable))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_sounds_are_alike() {
        let sounds = Sounds::default();
        for (a, b) in
            [('竣', '俊'), ('震', '振'), ('境', '进'), ('是', '四'), ('能', '冷'), ('长', '场')]
        {
            assert!(sounds.near(a).iter().any(|s| sounds.near(b).contains(s)), "{a} {b}");
        }
        assert!(sounds.same('环', '还') && !sounds.same('境', '进'));
        assert!(!sounds.near('安').iter().any(|s| sounds.near('环').contains(s)));
    }
}
