//! ESCO over HTTP: its tables come by file. All addresses and labels here are invented.

use serde_json::Value;

use crate::imports::import;
use crate::on_both;

fn rows(job: &Value) -> [u64; 5] {
    ["total", "created", "updated", "unchanged", "rejected"].map(|count| job["rows"][count].as_u64().expect("a count"))
}

pub const SKILLS: &str = "id,skill_type,reuse_level,preferred_label,alt_labels\n\
    skill/sew,skill/competence,sector-specific,sew pieces of cloth,stitch cloth|sew cloth\n\
    skill/overlock,skill/competence,sector-specific,run an overlock machine,\n\
    skill/machines,skill/competence,cross-sector,run sewing machines,\n\
    skill/safety,knowledge,cross-sector,safety at work,\n";
pub const BROADER: &str = "skill_id,broader_id\nskill/overlock,skill/machines\nskill/sew,skill/machines\nskill/machines,skill/S8\n";
const NEEDS: &str = "occupation_id,relation,skill_id\noccupation/sewer,essential,skill/sew\noccupation/sewer,optional,skill/safety\n";
const OCCUPATIONS: &str = "id,isco,esco_code,preferred_label,alt_labels\noccupation/sewer,7533,7533.9,sewer of samples,\n";

on_both! {
    async fn tables_come_in_by_their_header_and_a_second_time_change_nothing(world: &World) {
        let kind = [("kind", "esco")];
        for (file, count) in [(SKILLS, 4), (BROADER, 3), (NEEDS, 2), (OCCUPATIONS, 1), ("code,title\n7533,Sewing workers\n", 1)] {
            let tried = import(&world.staff, &[("kind", "esco"), ("dry_run", "true")], "esco.csv", file.as_bytes()).await;
            assert_eq!((tried["status"].as_str(), rows(&tried)), (Some("done"), [count, count, 0, 0, 0]), "{tried}");
            let stored = import(&world.staff, &kind, "esco.csv", file.as_bytes()).await;
            assert_eq!(rows(&stored), [count, count, 0, 0, 0], "{stored}");
            let again = import(&world.elsewhere, &kind, "esco.csv", file.as_bytes()).await;
            assert_eq!(rows(&again), [count, 0, 0, count, 0], "{again}");
        }
        let changed = SKILLS.replace("stitch cloth|", "").replace("safety at work", "safety and health at work");
        assert_eq!(rows(&import(&world.staff, &kind, "esco.csv", changed.as_bytes()).await), [4, 0, 2, 2, 0]);
        let regrouped = OCCUPATIONS.replace("7533,", "7531,");
        assert_eq!(rows(&import(&world.staff, &kind, "esco.csv", regrouped.as_bytes()).await), [1, 0, 1, 0, 0]);
        let needed = NEEDS.replace("optional", "essential");
        assert_eq!(rows(&import(&world.staff, &kind, "esco.csv", needed.as_bytes()).await), [2, 0, 1, 1, 0]);
        assert_eq!(rows(&import(&world.staff, &kind, "esco.csv", needed.as_bytes()).await), [2, 0, 0, 2, 0], "one need has one kind");
    }

    async fn a_bad_row_refuses_the_table_and_says_where(world: &World) {
        let wrong = BROADER.replace("skill/sew,", "jahit,");
        let job = import(&world.staff, &[("kind", "esco")], "esco.csv", wrong.as_bytes()).await;
        assert_eq!((job["status"].as_str(), rows(&job)), (Some("rejected"), [3, 0, 0, 0, 1]), "{job}");
        assert_eq!((&job["problems"][0]["row"], &job["problems"][0]["code"]), (&3.into(), &"esco_address_not_understood".into()));
        let partial = import(&world.staff, &[("kind", "esco"), ("partial", "true")], "esco.csv", wrong.as_bytes()).await;
        assert_eq!(rows(&partial), [3, 2, 0, 0, 1]);
        let other = import(&world.staff, &[("kind", "esco")], "esco.csv", b"nama,alamat\nSuparman,Maron\n").await;
        assert_eq!((other["status"].as_str(), other["problems"][0]["code"].as_str()), (Some("rejected"), Some("header_not_found")), "{other}");
        world.viewer.upload("/imports", &[("kind", "esco")], "esco.csv", BROADER.as_bytes().to_vec()).await.refused(403, "role_not_allowed");
    }
}
