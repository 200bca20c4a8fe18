//! Forms that treebanks may not hold: irregular English verbs and nouns, and the forms of verbs on "-e".

use crate::conllu::Word;
use counterclaim_text::{Rel, Upos, Xpos};

/// Base, past tense and past participle. Several forms are divided by a bar.
const VERBS: &str = "arise arose arisen,awake awoke awoken,bear bore borne,beat beat beaten,become became become,\
befall befell befallen,begin began begun,bend bent bent,bet bet bet,bid bid bid,bind bound bound,bite bit bitten,\
bleed bled bled,blow blew blown,break broke broken,breed bred bred,bring brought brought,build built built,\
burn burned|burnt burned|burnt,burst burst burst,buy bought bought,cast cast cast,catch caught caught,\
choose chose chosen,cling clung clung,come came come,cost cost cost,creep crept crept,cut cut cut,deal dealt dealt,\
dig dug dug,draw drew drawn,dream dreamed|dreamt dreamed|dreamt,drink drank drunk,drive drove driven,\
dwell dwelt dwelt,eat ate eaten,fall fell fallen,feed fed fed,feel felt felt,fight fought fought,find found found,\
flee fled fled,fling flung flung,fly flew flown,forbid forbade forbidden,forecast forecast forecast,\
foresee foresaw foreseen,forget forgot forgotten,forgive forgave forgiven,forsake forsook forsaken,\
freeze froze frozen,get got gotten|got,give gave given,go went gone,grind ground ground,grow grew grown,\
hang hung|hanged hung|hanged,hear heard heard,hide hid hidden,hit hit hit,hold held held,hurt hurt hurt,\
keep kept kept,kneel knelt knelt,know knew known,lay laid laid,lead led led,lean leaned|leant leaned|leant,\
leap leapt|leaped leapt|leaped,learn learned|learnt learned|learnt,leave left left,lend lent lent,let let let,\
light lit lit,lose lost lost,make made made,mean meant meant,meet met met,mislead misled misled,\
mistake mistook mistaken,mow mowed mown,outdo outdid outdone,overcome overcame overcome,\
overrun overran overrun,oversee oversaw overseen,overtake overtook overtaken,overthrow overthrew overthrown,\
pay paid paid,plead pleaded|pled pleaded|pled,prove proved proven|proved,put put put,quit quit quit,read read read,\
rebuild rebuilt rebuilt,repay repaid repaid,rid rid rid,ride rode ridden,ring rang rung,rise rose risen,run ran run,\
saw sawed sawn,say said said,see saw seen,seek sought sought,sell sold sold,send sent sent,set set set,\
sew sewed sewn,shake shook shaken,shear sheared shorn,shed shed shed,shine shone shone,shoot shot shot,\
show showed shown,shrink shrank shrunk,shut shut shut,sing sang sung,sink sank sunk,sit sat sat,slay slew slain,\
sleep slept slept,slide slid slid,sling slung slung,slit slit slit,smell smelled|smelt smelled|smelt,\
sow sowed sown,speak spoke spoken,speed sped sped,spend spent spent,spill spilled|spilt spilled|spilt,\
spin spun spun,spit spat|spit spat|spit,split split split,spoil spoiled|spoilt spoiled|spoilt,spread spread spread,\
spring sprang sprung,stand stood stood,steal stole stolen,stick stuck stuck,sting stung stung,stink stank stunk,\
stride strode stridden,strike struck struck|stricken,string strung strung,strive strove striven,swear swore sworn,\
sweep swept swept,swell swelled swollen,swim swam swum,swing swung swung,take took taken,teach taught taught,\
tear tore torn,tell told told,think thought thought,thrive thrived thrived,throw threw thrown,thrust thrust thrust,\
tread trod trodden,undergo underwent undergone,understand understood understood,undertake undertook undertaken,\
undo undid undone,uphold upheld upheld,upset upset upset,wake woke woken,wear wore worn,weave wove woven,\
wed wed wed,weep wept wept,win won won,wind wound wound,withdraw withdrew withdrawn,withhold withheld withheld,\
withstand withstood withstood,wring wrung wrung,write wrote written,defuse defused defused,\
die died died,lie lay lain,tie tied tied,vie vied vied,free freed freed,agree agreed agreed,\
injure injured injured,torture tortured tortured,raid raided raided,wound wounded wounded";

/// Singular and plural.
const NOUNS: &str = "man men,woman women,child children,foot feet,tooth teeth,goose geese,mouse mice,person people,\
policeman policemen,policewoman policewomen,fireman firemen,gunman gunmen,spokesman spokesmen,\
spokeswoman spokeswomen,congressman congressmen,fisherman fishermen,tribesman tribesmen,serviceman servicemen,\
militiaman militiamen,rifleman riflemen,clergyman clergymen,businessman businessmen,craftsman craftsmen,\
countryman countrymen,layman laymen,airman airmen,seaman seamen,chairman chairmen,statesman statesmen,\
crisis crises,basis bases,analysis analyses,thesis theses,hypothesis hypotheses,axis axes,oasis oases,\
phenomenon phenomena,criterion criteria,bacterium bacteria,nucleus nuclei,stimulus stimuli,\
wife wives,life lives,knife knives,half halves,leaf leaves,loaf loaves,thief thieves,wolf wolves,shelf shelves,\
calf calves,elf elves,self selves,ox oxen,aircraft aircraft,series series,species species,sheep sheep,fish fish,\
bus buses,gas gases,virus viruses,bomb bombs,ambush ambushes,clash clashes,blast blasts,base bases,case cases,\
house houses,cause causes,response responses,hero heroes,potato potatoes,tomato tomatoes,echo echoes,veto vetoes,\
embargo embargoes,cargo cargoes,mosquito mosquitoes,torpedo torpedoes,militia militias,appendix appendices";

fn word(form: &str, lemma: &str, upos: Upos, xpos: Xpos) -> Word {
    Word { form: form.to_string(), lemma: lemma.to_string(), upos, xpos, head: 0, rel: Rel::Root, space_after: true }
}

/// All the forms, as words with their tags and lemmas.
pub fn words() -> Vec<Word> {
    let mut out = Vec::new();
    for entry in VERBS.split(',') {
        let mut f = entry.split(' ');
        let (base, past, participle) = (f.next().unwrap_or(""), f.next().unwrap_or(""), f.next().unwrap_or(""));
        out.extend(past.split('|').map(|w| word(w, base, Upos::Verb, Xpos::Vbd)));
        out.extend(participle.split('|').map(|w| word(w, base, Upos::Verb, Xpos::Vbn)));
    }
    for entry in NOUNS.split(',') {
        if let Some((one, many)) = entry.split_once(' ') {
            out.push(word(one, one, Upos::Noun, Xpos::Nn));
            out.push(word(many, one, Upos::Noun, Xpos::Nns));
        }
    }
    out
}

/// Regular forms of the verbs on "-e" among `words`: from "blamed" alone nobody can tell "blame" from "blam".
pub fn forms_of<'w>(words: impl Iterator<Item = &'w Word>) -> Vec<Word> {
    let lemmas: std::collections::BTreeSet<&str> = words
        .filter(|w| w.upos == Upos::Verb && w.lemma.len() > 3 && w.lemma.is_ascii())
        .map(|w| w.lemma.as_str())
        .filter(|l| l.ends_with('e') && l.bytes().all(|b| b.is_ascii_lowercase()))
        .filter(|l| !VERBS.split(',').any(|entry| entry.split(' ').next() == Some(l)))
        .collect();
    let mut out = Vec::new();
    for base in lemmas {
        let past = format!("{base}d");
        out.push(word(&past, base, Upos::Verb, Xpos::Vbd));
        out.push(word(&past, base, Upos::Verb, Xpos::Vbn));
        if !base.ends_with("ee") && !base.ends_with("oe") && !base.ends_with("ye") && !base.ends_with("ie") {
            out.push(word(&format!("{}ing", &base[..base.len() - 1]), base, Upos::Verb, Xpos::Vbg));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_on_e_get_their_forms() {
        let seen = [word("blames", "blame", Upos::Verb, Xpos::Vbz), word("rose", "rise", Upos::Verb, Xpos::Vbd)];
        let forms = forms_of(seen.iter());
        assert_eq!(forms.iter().map(|w| w.form.as_str()).collect::<Vec<_>>(), ["blamed", "blamed", "blaming"]);
    }

    #[test]
    fn entries_are_complete() {
        assert!(words().iter().all(|w| !w.form.is_empty() && !w.lemma.is_empty() && !w.form.contains(' ')));
        assert!(words().iter().any(|w| w.form == "sank" && w.lemma == "sink"));
    }
}
