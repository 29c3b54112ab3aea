//! ESCO over HTTP: its tables come by file. All addresses and labels here are invented.

use reqwest::Method;
use serde_json::{Value, json};

use crate::imports::import;
use crate::on_both;
use crate::support::client::{Client, Reply, send, text};
use crate::support::people::register;
use crate::support::vacancy::{MARON, OVERLOCK, SAFETY, all, at, partner, published, sewing_with};

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

/// The unit that is written `GAR.CM02.008.01`.
const SEW: &str = "GAR.CM02.008.01";

/// Imports a file that must be taken whole.
pub async fn imported(client: &Client, kind: &str, file: &str) -> Value {
    let job = import(client, &[("kind", kind)], "berkas.csv", file.as_bytes()).await;
    assert_eq!(job["status"], "done", "{job}");
    job
}

/// Accepts a link or rejects it, based on a version.
pub async fn review(client: &Client, link: &Value, version: i64, accept: bool) -> Reply {
    let path = format!("/esco-links/{}/review", text(link, "id"));
    send(client.request(Method::POST, &path).header("If-Match", format!("\"{version}\"")).json(&json!({"accept": accept}))).await
}

/// Somebody of Maron with valid BNSP certificates of some units; answers the id.
async fn holder(client: &Client, name: &str, units: &[&str]) -> String {
    let made = register(client, json!({"name": name, "district": MARON})).await;
    let units: Vec<Value> = units.iter().map(|code| json!({"unit": code})).collect();
    let body = json!({"kind": "bnsp", "issuer": "LSP Garmen", "number": format!("{name}/2026"), "issued_on": "2026-11-01", "valid_until": "2029-11-01", "units": units});
    client.post(&format!("/graduates/{}/certificates", text(&made, "id")), body).await.expect(201);
    text(&made, "id").to_owned()
}

/// One person's line of a list.
fn line<'a>(list: &'a Value, graduate: &str) -> &'a Value {
    list["items"].as_array().expect("items").iter().find(|line| line["graduate"]["id"] == graduate).expect("the person's line")
}

on_both! {
    async fn a_reviewed_related_skill_counts_a_little_where_preferred_and_nothing_where_required(world: &World) {
        imported(&world.staff, "esco", SKILLS).await;
        imported(&world.staff, "esco", BROADER).await;
        imported(&world.staff, "esco-links", &format!("kode,esco_uri\n{OVERLOCK},skill/overlock\n{SEW},skill/machines\n")).await;
        let related = holder(&world.staff, "Punya Terkait", &[SAFETY, SEW]).await;
        let plain = holder(&world.staff, "Tanpa Terkait", &[SAFETY]).await;
        let employer = partner(&world.staff, "PT Jahit").await;
        let asked = json!([{"unit": SAFETY}, {"unit": OVERLOCK, "importance": "preferred"}]);
        let preferred = published(&world.staff, sewing_with(&employer, json!({"requirements": asked}))).await;
        let required = published(&world.staff, sewing_with(&employer, json!({"title": "Obras", "requirements": [{"unit": OVERLOCK}]}))).await;
        let list = async || world.staff.get(&at(&preferred, "/matches")).await.expect(200);
        let before = list().await;
        assert_eq!(line(&before, &related)["score"], line(&before, &plain)["score"], "a proposal counts nothing");

        let links = world.staff.get("/esco-links").await.expect(200);
        for link in links["items"].as_array().expect("links") {
            review(&world.staff, link, 1, true).await.expect(200);
        }
        let after = list().await;
        let (with, without) = (line(&after, &related), line(&after, &plain));
        assert_eq!(all(&with["related"], "code"), [OVERLOCK]);
        assert_eq!((with["missing"].clone(), all(&with["met"], "code")), (json!([]), vec![SAFETY]));
        assert_eq!((all(&without["missing"], "code"), without["related"].clone()), (vec![OVERLOCK], json!([])));
        let points = |line: &Value| line["contributions"][1]["points"].as_f64().expect("points");
        assert_eq!((points(with), points(without)), (10.5, 0.0), "30 % of a line of 35 points");
        assert!(text(&with["contributions"][1], "detail").contains("keterampilan yang berkaitan"), "{with}");
        assert_ne!(before["catalogue"], after["catalogue"], "the list says that it was made with another catalogue");
        assert_eq!(all(&world.staff.get(&format!("/competencies/{OVERLOCK}")).await.expect(200)["related"], "code"), [SEW]);

        assert_eq!(world.staff.get(&at(&required, "/matches")).await.expect(200)["count"], 0, "a required unit is never bought");
        let near = world.staff.get(&at(&required, "/near-misses")).await.expect(200);
        assert_eq!((all(&line(&near, &related)["missing"], "code"), line(&near, &related)["related"].clone()), (vec![OVERLOCK], json!([])));

        let frozen = world.staff.post(&at(&preferred, "/match-lists"), Value::Null).await.expect(201);
        let shipped = serap::app::policy_file::write(&serap::engine::matching::Policy::default()).replace("\"serap\"", "\"kantor\"");
        let silent: String = shipped.lines().filter(|line| !line.starts_with("related") && !line.starts_with("version")).map(|line| format!("{line}\n")).collect();
        let set = world.head.post("/policies", json!({"toml": silent})).await.expect(201);
        assert!(text(&set, "toml").contains("related = 0"), "a policy that does not name it counts none");
        assert_eq!(points(line(&list().await, &related)), 0.0);
        world.head.post("/policies", json!({"toml": format!("{silent}related = 51")})).await.field("/toml/related", "policy_number");
        world.head.post("/policies", json!({"toml": silent.replace("equivalent = 100", "equivalent = 20\nrelated = 30")})).await.field("/toml/related", "policy_order");
        world.head.post("/policies", json!({"toml": format!("{silent}related = 50")})).await.expect(201);
        let told = world.staff.get("/policies").await.expect(200)["explanation"].to_string();
        assert!(told.contains("bernilai 50 %, hanya pada persyaratan yang diutamakan"), "{told}");
        assert_eq!(points(line(&list().await, &related)), 17.5);

        review(&world.staff, &links["items"][0], 2, false).await.expect(200);
        assert_eq!(points(line(&list().await, &related)), 0.0, "a link that was rejected after all counts nothing");
        let kept = world.staff.get(&format!("/match-lists/{}", text(&frozen, "id"))).await.expect(200);
        let entries = kept["entries"].as_array().expect("entries");
        assert!(entries.len() == 2 && entries.iter().all(|entry| entry["recomputes"] == true), "{kept}");
        assert_eq!(text(&entries[0], "graduate_id"), related);
    }

    async fn links_are_proposals_until_staff_review_them(world: &World) {
        imported(&world.staff, "esco", SKILLS).await;
        let file = format!("kode,esco_uri,label,sumber\n{OVERLOCK},skill/overlock,,rapat LSP\n{SEW},,Stitch cloth,\n{SEW},skill/machines,,\n");
        let kind = [("kind", "esco-links")];
        let tried = import(&world.staff, &[("kind", "esco-links"), ("dry_run", "true")], "usulan.csv", file.as_bytes()).await;
        assert_eq!((rows(&tried), world.staff.get("/esco-links").await.expect(200)["items"].clone()), ([3, 3, 0, 0, 0], json!([])));
        assert_eq!(rows(&import(&world.staff, &kind, "usulan.csv", file.as_bytes()).await), [3, 3, 0, 0, 0]);
        let list = world.instructor.get("/esco-links?standing=proposed&limit=2").await.expect(200);
        assert_eq!((all(&list["items"], "standing"), all(&list["items"], "source")), (vec!["proposed"; 2], vec!["rapat LSP", "usulan.csv"]));
        assert_eq!(list["items"][1]["skill"], json!({"uri": "http://data.europa.eu/esco/skill/sew", "label": "sew pieces of cloth"}));
        assert_eq!(list["items"][1]["unit"]["code"], SEW);
        let next = world.staff.get(&format!("/esco-links?cursor={}", text(&list, "next_cursor"))).await.expect(200);
        assert_eq!((next["items"].as_array().expect("items").len(), &next["next_cursor"]), (1, &Value::Null));
        let (link, other) = (&list["items"][0], &list["items"][1]);
        let path = format!("/esco-links/{}/review", text(link, "id"));
        world.staff.post(&path, json!({"accept": true})).await.refused(428, "precondition_required");
        review(&world.staff, link, 2, true).await.refused(412, "version_stale");
        review(&world.head, link, 1, true).await.refused(403, "role_not_allowed");
        review(&world.instructor, link, 1, true).await.refused(403, "role_not_allowed");
        let accepted = review(&world.staff, link, 1, true).await.expect(200);
        assert_eq!((&accepted["standing"], &accepted["version"]), (&json!("accepted"), &json!(2)));
        assert_ne!(accepted["reviewed_by"], Value::Null);
        review(&world.staff, other, 1, false).await.expect(200);
        assert_eq!(rows(&import(&world.staff, &kind, "usulan.csv", file.as_bytes()).await), [3, 0, 0, 3, 0], "a file undoes no review");
        let standing = async |name: &str| world.staff.get(&format!("/esco-links?standing={name}")).await.expect(200)["items"].as_array().expect("items").len();
        assert_eq!((standing("accepted").await, standing("rejected").await, standing("proposed").await), (1, 1, 1));
        let changed = review(&world.elsewhere, link, 2, false).await.expect(200);
        assert_eq!(changed["standing"], "rejected", "whoever looks later may say otherwise");
        world.staff.get("/esco-links?standing=diterima").await.refused(422, "query_unreadable");
        world.viewer.get("/esco-links").await.refused(403, "role_not_allowed");
        let nobody = json!({"id": "01a210e5-0000-7000-8000-000000000000"});
        review(&world.staff, &nobody, 1, true).await.refused(404, "not_found");
    }

    async fn a_label_that_several_skills_bear_names_none(world: &World) {
        let skills = "id,skill_type,preferred_label,alt_labels\nskill/sharp,knowledge,C#,sea|language\nskill/plus,knowledge,C++,ocean|language\n\
                      skill/sea,knowledge,sea,\n";
        imported(&world.staff, "esco", skills).await;
        let file = |label: &str| format!("kode,label\n{OVERLOCK},{label}\n");
        let refused = import(&world.staff, &[("kind", "esco-links")], "usulan.csv", file("language").as_bytes()).await;
        assert_eq!(all(&refused["problems"], "code"), ["skill_unknown"]);
        for (label, uri) in [("c#", "sharp"), ("Ocean", "plus"), ("C++", "plus"), (" SEA ", "sea")] {
            imported(&world.staff, "esco-links", &file(label)).await;
            let links = world.staff.get("/esco-links").await.expect(200);
            let named = |link: &Value| link["skill"]["uri"] == format!("http://data.europa.eu/esco/skill/{uri}");
            assert!(links["items"].as_array().expect("items").iter().any(named), "{label}: {links}");
        }
    }

    async fn proposals_for_what_nobody_knows_are_row_problems(world: &World) {
        let file = format!("kode,judul,uri,label\n{OVERLOCK},,skill/overlock,\nC.14GMT06.010.9,,skill/sew,\n{OVERLOCK},,,run an overlok machine\n,Menari,skill/sew,\n");
        let job = import(&world.staff, &[("kind", "esco-links")], "usulan.csv", file.as_bytes()).await;
        assert_eq!(all(&job["problems"], "code")[0], "skill_unknown", "nothing of ESCO is there yet: {job}");
        imported(&world.staff, "esco", SKILLS).await;
        let job = import(&world.staff, &[("kind", "esco-links")], "usulan.csv", file.as_bytes()).await;
        assert_eq!((job["status"].as_str(), rows(&job)), (Some("rejected"), [4, 0, 0, 0, 3]));
        assert_eq!(all(&job["problems"], "code"), ["unit_unknown", "skill_unknown", "unit_unknown"]);
        assert!(text(&job["problems"][0], "message").contains(OVERLOCK) && text(&job["problems"][1], "message").contains("run an overlock machine"), "{job}");
        let partial = import(&world.staff, &[("kind", "esco-links"), ("partial", "true")], "usulan.csv", file.as_bytes()).await;
        assert_eq!(rows(&partial), [4, 1, 0, 0, 3]);
    }

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
