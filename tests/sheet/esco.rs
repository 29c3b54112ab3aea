//! Tables of ESCO as they are published and as shorter extracts hold them; all addresses here are invented.

use serap::engine::esco::{ConceptKind, RelationKind};
use serap::sheet::error::ReadError;
use serap::sheet::esco::parse;
use serap::sheet::esco_links::{self, SkillNamed, UnitNamed};
use serap::sheet::limits::Limits;
use serap::sheet::problem::ImportProblem;

use crate::support::{codes, read};

#[test]
fn skills_are_read_from_the_official_columns_and_from_short_ones() {
    let official = "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,status,description\n\
        KnowledgeSkillCompetence,http://data.europa.eu/esco/skill/aa-1,skill/competence,sector-specific,sew,\"stitch\nsew\nstitch\nseam\",released,x\n\
        KnowledgeSkillCompetence,https://data.europa.eu/esco/skill/aa-2,knowledge,,textiles,,released,\n\
        SkillGroup,http://data.europa.eu/esco/skill/S1,,,handling,,released,\n";
    let short = "id,skill_type,reuse_level,preferred_label,alt_labels\nskill/aa-1,skill/competence,sector-specific,sew,stitch|sew|stitch|seam\n\
        skill/aa-2,knowledge,,textiles,\n";
    let official = parse(&read(official.as_bytes(), "skills_en.csv"));
    let short = parse(&read(short.as_bytes(), "skills.csv"));
    assert_eq!((official.problems.len(), short.problems.len()), (0, 0));
    let concepts: Vec<_> = official.rows.iter().filter_map(|row| row.concept.clone()).collect();
    assert_eq!(concepts[0].uri.as_str(), "http://data.europa.eu/esco/skill/aa-1");
    assert_eq!((concepts[0].label.as_str(), concepts[0].alternatives.join(" ")), ("sew", "stitch seam".to_owned()));
    assert_eq!(
        concepts.iter().map(|concept| concept.kind).collect::<Vec<_>>(),
        [ConceptKind::Skill, ConceptKind::Knowledge, ConceptKind::Group]
    );
    assert_eq!(short.rows.iter().filter_map(|row| row.concept.clone()).collect::<Vec<_>>(), concepts[..2]);
}

#[test]
fn occupations_bring_their_group_and_groups_their_code() {
    let file = "id,isco,esco_code,preferred_label,alt_labels\noccupation/o-1,7533,7533.1,sewer,\n";
    let parsed = parse(&read(file.as_bytes(), "occupations.csv"));
    let relation = parsed.rows[0].relation.as_ref().unwrap();
    assert_eq!((relation.to.as_str(), relation.kind), ("http://data.europa.eu/esco/isco/C7533", RelationKind::Broader));
    assert_eq!(parsed.rows[0].concept.as_ref().unwrap().kind, ConceptKind::Occupation);
    let groups = parse(&read(b"code,title\n0,Armed forces\n7533,Sewing and related workers\n75A,Wrong\n", "isco_groups.csv"));
    assert_eq!(groups.rows[1].concept.as_ref().unwrap().uri, relation.to);
    assert_eq!(codes(&groups, 4), [ImportProblem::EscoAddressNotUnderstood]);
}

#[test]
fn relations_are_read_and_what_is_none_is_complained_of_by_row() {
    let file = "occupationUri,relationType,skillType,skillUri\noccupation/o-1,essential,knowledge,skill/aa-1\n\
        occupation/o-1,optional,,skill/aa-1\noccupation/o-1,essential,,skill/aa-1\noccupation/o-1,useful,,skill/aa-2\n\
        gaji/o-1,essential,,skill/aa-2\noccupation/o-1,essential,,\n";
    let parsed = parse(&read(file.as_bytes(), "r.csv"));
    assert_eq!(parsed.rows.len(), 1);
    assert_eq!(codes(&parsed, 3), [ImportProblem::DuplicateCode]);
    assert_eq!(codes(&parsed, 4), [ImportProblem::SameAgain]);
    assert_eq!(codes(&parsed, 5), [ImportProblem::ChoiceNotUnderstood]);
    assert_eq!(codes(&parsed, 6), [ImportProblem::EscoAddressNotUnderstood]);
    assert_eq!(codes(&parsed, 7), [ImportProblem::ValueMissing]);
    for file in ["conceptType,conceptUri,broaderType,broaderUri\nx,skill/aa-1,x,skill/S1\n", "skill_id,broader_id\nskill/aa-1,skill/S1\n"] {
        let relation = parse(&read(file.as_bytes(), "b.csv")).rows[0].relation.clone().unwrap();
        assert_eq!((relation.kind, relation.to.as_str()), (RelationKind::Broader, "http://data.europa.eu/esco/skill/S1"));
    }
}

#[test]
fn proposals_name_a_unit_and_a_skill_in_any_of_two_ways_each() {
    let file = "skkni_kode,skkni_judul,esco_label,esco_uri,status\nGAR.CM01.001.01,Layanan,serve,http://data.europa.eu/esco/skill/aa-1,x\n\
        ,Menyulam,embroider,,x\n,,serve,,x\nGAR.CM01.001.01,,,,x\nGAR.CM01.001.01,,serve,aa-1,x\n";
    let parsed = esco_links::parse(&read(file.as_bytes(), "usulan.csv"));
    let units: Vec<UnitNamed> = parsed.rows.iter().map(|row| row.unit.clone()).collect();
    assert_eq!(units, [UnitNamed::Code("GAR.CM01.001.01".to_owned()), UnitNamed::Title("Menyulam".to_owned())]);
    assert!(matches!(&parsed.rows[0].skill, SkillNamed::Uri(uri) if uri.as_str().ends_with("/skill/aa-1")), "the address wins");
    assert_eq!(parsed.rows[1].skill, SkillNamed::Label("embroider".to_owned()));
    assert_eq!(codes(&parsed, 4), [ImportProblem::ValueMissing]);
    assert_eq!(codes(&parsed, 5), [ImportProblem::ValueMissing]);
    assert_eq!(codes(&parsed, 6), [ImportProblem::EscoAddressNotUnderstood]);
}

#[test]
fn a_table_of_something_else_says_what_was_expected() {
    let parsed = parse(&read(b"nama,alamat\nSuparman,Maron\n", "x.csv"));
    assert_eq!((parsed.rows.len(), codes(&parsed, 0)), (0, vec![ImportProblem::HeaderNotFound]));
    let parsed = parse(&read(b"originalSkillUri,relationType,relatedSkillUri\nskill/a,essential,skill/b\n", "x.csv"));
    assert_eq!(codes(&parsed, 0), [ImportProblem::HeaderNotFound], "a table that is not imported is not mistaken for one that is");
}

#[test]
fn more_rows_than_a_class_list_may_have_are_read_of_esco_alone() {
    let mut file = String::from("skill_id,broader_id\n");
    for number in 0..100_001 {
        file.push_str(&format!("skill/{number},skill/S1\n"));
    }
    let refused = serap::sheet::read(file.as_bytes(), "b.csv", &Limits::default());
    assert_eq!(refused.err(), Some(ReadError::TooManyRows { limit: 100_000 }));
    let table = serap::sheet::read(file.as_bytes(), "b.csv", &Limits::of_esco()).unwrap();
    assert_eq!(parse(&table).rows.len(), 100_001);
}
