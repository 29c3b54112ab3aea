//! Scoring policies over HTTP: reading, refusing, setting, and what a draft would change.

use serap::app::policy_file;
use serap::engine::matching::policy::keys::KEYS;
use serap::engine::matching::{Policy, PolicyDraft};
use serde_json::{Value, json};

use crate::on_both;
use crate::support::client::{Client, Reply, text};
use crate::support::jobs::{self, partner};
use crate::support::people::register;
use crate::support::vacancy::{OVERLOCK, SAFETY, at, published, sewing_with};

/// The policy that ships, with lines changed: `units_weight` to a value, or to nothing.
fn changed(changes: &[(&str, Option<&str>)]) -> String {
    let mut lines: Vec<String> = policy_file::write(&Policy::default()).lines().map(str::to_owned).collect();
    for (key, value) in changes {
        lines.retain(|line| !line.starts_with(&format!("{key} =")));
        lines.extend(value.map(|value| format!("{key} = {value}")));
    }
    lines.join("\n")
}

/// A policy of the office that looks at distance most.
fn near_first() -> String {
    changed(&[("name", Some("\"dekat rumah\"")), ("version", None), ("units_weight", Some("5000")), ("distance_weight", Some("3200"))])
}

fn problems(reply: Reply) -> Vec<(String, String)> {
    let body = reply.expect(422);
    let errors = body["errors"].as_array().expect("errors").iter();
    errors.map(|error| (text(error, "pointer").to_owned(), text(error, "code").to_owned())).collect()
}

/// Somebody of a district with a certificate of one kind for the overlock machine. Answers the id.
async fn holder(client: &Client, name: &str, kind: &str, district: &str) -> String {
    let made = register(client, json!({"name": name, "district": district})).await;
    let body = json!({"kind": kind, "issuer": "LSP Garmen", "number": format!("{name}/2026"), "issued_on": "2026-11-01", "valid_until": "2029-11-01", "units": [{"unit": OVERLOCK}]});
    client.post(&format!("/graduates/{}/certificates", text(&made, "id")), body).await.expect(201);
    text(&made, "id").to_owned()
}

fn first(page: &Value) -> &str {
    text(&page["items"][0]["graduate"], "id")
}

#[test]
fn the_policy_that_ships_is_the_one_built_in() {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/policies/default.toml");
    let shipped = policy_file::read(&std::fs::read_to_string(file).expect("the file")).expect("a sound policy");
    assert_eq!(*shipped.policy.draft(), PolicyDraft::default());
    assert!(shipped.names_version);
}

#[test]
fn what_is_written_is_read_again() {
    let odd = PolicyDraft {
        name: "kutip \" dan \\ garis".to_owned(),
        version: 7,
        units_weight: 10_000,
        distance_weight: None,
        wage_weight: None,
        start_weight: None,
        related: 20,
        ..PolicyDraft::default()
    };
    for draft in [PolicyDraft::default(), odd] {
        let policy = Policy::validate(draft).expect("sound");
        assert_eq!(policy_file::read(&policy_file::write(&policy)).expect("read again").policy, policy);
    }
}

#[test]
fn every_number_is_refused_by_name_in_both_languages_whatever_stands_there() {
    use serap::words::{Language, Say as _};
    for key in KEYS {
        for value in [
            "nan",
            "-nan",
            "inf",
            "-inf",
            "-1",
            "1e9",
            "70.5",
            "0.0",
            "9223372036854775807",
            "\"tujuh puluh\"",
            "true",
            "[70]",
            "{a = 1}",
            "2026-11-25",
        ] {
            let problems = policy_file::read(&changed(&[(key.name, Some(value))])).expect_err("no number of a policy");
            let own: Vec<_> = problems.iter().filter(|problem| problem.pointer == format!("/toml/{}", key.name)).collect();
            assert_eq!(own.len(), 1, "{} = {value}: {problems:?}", key.name);
            for language in Language::ALL {
                let told = own[0].refusal.say(*language);
                assert!(told.contains(key.name) && told.contains(&key.most.to_string()), "{told}");
            }
        }
        let left_out = policy_file::read(&changed(&[(key.name, None)]));
        match left_out {
            // Without a weight the others no longer make the whole.
            Err(problems) if key.optional => assert!(problems.iter().all(|problem| problem.refusal.code() == "policy_sum"), "{problems:?}"),
            Err(problems) => {
                assert!(problems.iter().any(|problem| problem.refusal.code() == "field_missing" && problem.pointer.ends_with(key.name)))
            }
            Ok(_) => assert_eq!(key.name, "related"),
        }
    }
}

#[test]
fn texts_that_are_no_policy_are_refused_with_their_line() {
    for (text, code) in
        [("", "field_missing"), ("name = 3", "policy_name"), ("units_weight = ", "policy_unreadable"), ("\u{0}", "policy_unreadable")]
    {
        let problems = policy_file::read(text).expect_err("no policy");
        assert_eq!(problems[0].refusal.code(), code, "{text:?}: {problems:?}");
    }
    let twice = format!("{}\nunits_weight = 7000", changed(&[]));
    let enormous = changed(&[("late_days", Some("99999999999999999999"))]);
    for (text, pointer) in [(twice, "/toml/units_weight"), (enormous, "/toml/late_days")] {
        let problems = policy_file::read(&text).expect_err("no policy");
        assert_eq!((problems[0].pointer.as_str(), problems[0].refusal.code()), (pointer, "policy_unreadable"));
    }
}

on_both! {
    async fn every_fault_of_a_draft_is_told_at_once(world: &World) {
        let toml = changed(&[
            ("units_weight", Some("0")), ("distance_weight", Some("nan")), ("late_days", None), ("older_still", Some("90")),
            ("jarak", Some("12")), ("name", Some("\"\"")), ("version", Some("0")),
        ]);
        let expected = [
            ("/toml/version", "policy_number"), ("/toml/distance_weight", "policy_number"), ("/toml/late_days", "field_missing"),
            ("/toml/jarak", "field_unknown"), ("/toml/name", "policy_name"), ("/toml/units_weight", "policy_number"), ("/toml/older_still", "policy_order"),
        ];
        let expected: Vec<_> = expected.map(|(pointer, code)| (pointer.to_owned(), code.to_owned())).to_vec();
        assert_eq!(problems(world.head.post("/policies", json!({"toml": toml})).await), expected);
        assert_eq!(problems(world.staff.post("/policies/check", json!({"toml": toml})).await), expected);
        let sum = changed(&[("wage_weight", Some("901"))]);
        assert_eq!(problems(world.head.post("/policies", json!({"toml": sum})).await), [("/toml/units_weight".to_owned(), "policy_sum".to_owned())]);
        assert_eq!(world.head.get("/policies").await.expect(200)["items"], json!([]));
    }

    async fn an_office_sets_its_policy_and_its_lists_follow_and_say_so(world: &World) {
        let firm = partner(world, "mitra").await;
        let far = holder(&world.staff, "Jauh Sekali", "bnsp", "35.78.01").await;
        let near = holder(&world.staff, "Dekat Saja", "training", "35.13.17").await;
        let vacancy = published(&world.staff, sewing_with(&firm.id, json!({"positions": 1}))).await;
        let list = at(&vacancy, "/matches");
        let before = world.staff.get(&list).await.expect(200);
        assert_eq!((first(&before), text(&before, "policy")), (far.as_str(), "serap v1"));
        let frozen = world.staff.post(&at(&vacancy, "/match-lists"), Value::Null).await.expect(201);

        let set = world.head.post("/policies", json!({"toml": near_first()})).await.expect(201);
        assert_eq!((text(&set, "policy"), text(&set, "origin"), &set["ended_at"]), ("dekat rumah v1", "office", &Value::Null));
        let after = world.staff.get(&list).await.expect(200);
        assert_eq!((first(&after), text(&after, "policy")), (near.as_str(), "dekat rumah v1"));
        let unmet = published(&world.staff, sewing_with(&firm.id, json!({"requirements": [{"unit": OVERLOCK}, {"unit": SAFETY}]}))).await;
        let misses = world.staff.get(&at(&unmet, "/near-misses")).await.expect(200);
        assert_eq!((first(&misses), text(&misses, "policy"), text(&misses, "as_of")), (near.as_str(), "dekat rumah v1", "2026-12-02"));
        let own = jobs::link(world, &near).await;
        assert_eq!(text(&own.get(&format!("/graduates/{near}/matches")).await.expect(200)["items"][0], "policy"), "dekat rumah v1");

        // The frozen list keeps the policy it was made with, and is recomputed by that one.
        let kept = world.staff.get(&format!("/match-lists/{}", text(&frozen, "id"))).await.expect(200);
        assert_eq!(text(&kept, "policy"), "serap v1");
        let entries = kept["entries"].as_array().expect("entries");
        assert!(entries.len() == 2 && entries.iter().all(|entry| entry["recomputes"] == true), "{kept}");
        assert_eq!(text(&entries[0], "graduate_id"), far);
        let newly = world.staff.post(&at(&vacancy, "/match-lists"), Value::Null).await.expect(201);
        let newly = world.staff.get(&format!("/match-lists/{}", text(&newly, "id"))).await.expect(200);
        assert!(newly["entries"].as_array().expect("entries").iter().all(|entry| entry["recomputes"] == true), "{newly}");

        let other = world.admin.get(&format!("/policies?office_id={}", world.other_office)).await.expect(200);
        assert_eq!(text(&other["in_force"], "policy"), "serap v1", "another office keeps its own");
    }

    async fn versions_are_added_and_none_is_overwritten(world: &World) {
        let first = world.head.post("/policies", json!({"toml": near_first()})).await.expect(201);
        world.head.post("/policies", json!({"toml": near_first()})).await.refused(409, "policy_in_force");
        let other = near_first().replace("late_days = 30", "late_days = 14");
        let second = world.head.post("/policies", json!({"toml": other})).await.expect(201);
        assert_eq!((&second["revision"], text(&second, "policy")), (&json!(2), "dekat rumah v2"));
        let rewritten = format!("{}\nversion = 1", near_first().replace("late_days = 30", "late_days = 9"));
        world.head.post("/policies", json!({"toml": rewritten})).await.refused(409, "policy_version_taken");
        let conflict = world.head.post("/policies/check", json!({"toml": rewritten})).await.expect(200);
        assert_eq!(text(&conflict["conflict"], "code"), "policy_version_taken");
        assert!(text(&conflict["conflict"], "message").contains("version = 3"));
        // Nobody takes the name of the policy built in for other numbers.
        let named_serap = changed(&[("late_days", Some("14"))]);
        world.head.post("/policies", json!({"toml": named_serap})).await.refused(409, "policy_version_taken");
        let ninth = format!("{}\nversion = 9", near_first().replace("late_days = 30", "late_days = 9"));
        assert_eq!(text(&world.head.post("/policies", json!({"toml": ninth})).await.expect(201), "policy"), "dekat rumah v9");

        let all = world.staff.get("/policies").await.expect(200);
        assert_eq!(text(&all["in_force"], "policy"), "dekat rumah v9");
        let items = all["items"].as_array().expect("items");
        let told: Vec<(&str, bool)> = items.iter().map(|item| (text(item, "policy"), item["ended_at"].is_null())).collect();
        assert_eq!(told, [("dekat rumah v1", false), ("dekat rumah v2", false), ("dekat rumah v9", true)]);
        assert_eq!((&items[0]["id"], &items[0]["toml"]), (&first["id"], &first["toml"]));
        let page = world.staff.get("/policies?limit=2").await.expect(200);
        let rest = world.staff.get(&format!("/policies?limit=2&cursor={}", text(&page, "next_cursor"))).await.expect(200);
        assert_eq!((rest["items"].as_array().expect("items").len(), &rest["next_cursor"]), (1, &Value::Null));
        let kept = world.head.post_keyed("/policies", json!({"toml": near_first()}), "kunci").await.expect(201);
        assert_eq!(world.head.post_keyed("/policies", json!({"toml": near_first()}), "kunci").await.expect(201), kept);
    }

    async fn an_office_has_its_own_else_the_installations_else_the_one_built_in(world: &World) {
        let in_force = async |client: &Client| text(&client.get("/policies").await.expect(200)["in_force"], "policy").to_owned();
        assert_eq!(in_force(&world.staff).await, "serap v1");
        let everywhere = near_first().replace("dekat rumah", "provinsi");
        let set = world.admin.post("/policies", json!({"toml": everywhere})).await.expect(201);
        assert_eq!((text(&set, "origin"), &set["office_id"]), ("installation", &Value::Null));
        assert_eq!((in_force(&world.staff).await, in_force(&world.elsewhere).await), ("provinsi v1".to_owned(), "provinsi v1".to_owned()));
        world.admin.post("/policies", json!({"toml": near_first(), "office_id": world.office.0})).await.expect(201);
        assert_eq!((in_force(&world.staff).await, in_force(&world.elsewhere).await), ("dekat rumah v1".to_owned(), "provinsi v1".to_owned()));
        assert_eq!(in_force(&world.admin).await, "provinsi v1");
        // The same name and version with other numbers would print as what it is not.
        let same_name = format!("{}\nversion = 1", near_first().replace("late_days = 30", "late_days = 9"));
        world.admin.post("/policies", json!({"toml": same_name})).await.refused(409, "policy_version_taken");
        world.admin.post("/policies", json!({"toml": everywhere.replace("late_days = 30", "late_days = 9")})).await.expect(201);
        assert_eq!(in_force(&world.elsewhere).await, "provinsi v2");
    }

    async fn who_may_read_and_who_may_set(world: &World) {
        let body = json!({"toml": near_first()});
        for client in [&world.staff, &world.instructor, &world.viewer] {
            client.post("/policies", body.clone()).await.refused(403, "role_not_allowed");
        }
        let firm = partner(world, "mitra").await;
        let graduate = jobs::graduate(world, "Lulusan").await;
        for client in [&world.instructor, &world.viewer, &firm.client, &jobs::link(world, &graduate).await] {
            client.get("/policies").await.refused(403, "role_not_allowed");
            client.post("/policies/check", body.clone()).await.refused(403, "role_not_allowed");
        }
        let foreign = json!({"toml": near_first(), "office_id": world.other_office.0});
        world.head.post("/policies", foreign.clone()).await.refused(404, "not_found");
        world.staff.post("/policies/check", foreign).await.refused(404, "not_found");
        world.staff.get(&format!("/policies?office_id={}", world.other_office)).await.refused(404, "not_found");
        world.admin.post("/policies", json!({"toml": near_first(), "office_id": uuid::Uuid::nil()})).await.refused(404, "not_found");
        world.head.post("/policies", json!({"toml": near_first(), "isi": 1})).await.field("/isi", "field_unknown");
    }

    async fn a_check_tells_what_would_change_and_writes_nothing(world: &World) {
        let firm = partner(world, "mitra").await;
        let far = holder(&world.staff, "Jauh Sekali", "bnsp", "35.78.01").await;
        let near = holder(&world.staff, "Dekat Saja", "training", "35.13.17").await;
        let last = holder(&world.staff, "Paling Bawah", "industry", "35.78.01").await;
        let vacancy = published(&world.staff, sewing_with(&firm.id, json!({"positions": 1}))).await;
        let taught = published(&world.staff, sewing_with(&firm.id, json!({"requirements": [{"text": "bisa dididik"}]}))).await;
        let check = world.staff.post("/policies/check", json!({"toml": near_first()})).await.expect(200);
        assert_eq!((text(&check, "policy"), &check["conflict"], &check["vacancies_left_out"]), ("dekat rumah v1", &Value::Null, &json!(0)));
        let told = check["explanation"].as_array().expect("sentences");
        assert!(told[0].as_str().expect("a sentence").contains("50,00 dari 100 poin"), "{told:?}");
        let of = |id: &Value| check["vacancies"].as_array().expect("vacancies").iter().find(|one| one["vacancy_id"] == *id).expect("the vacancy").clone();
        let effect = of(&vacancy["id"]);
        assert_eq!((&effect["seats"], &effect["count_before"], &effect["count_after"], &effect["moved"]), (&json!(1), &json!(3), &json!(3), &json!(2)));
        let entering = &effect["entering"][0];
        assert_eq!((text(entering, "graduate_id"), text(entering, "initials")), (near.as_str(), "D.S."));
        assert_eq!((&entering["rank_before"], &entering["rank_after"]), (&json!(2), &json!(1)));
        let score = |list: &Value| list["items"].as_array().expect("items").iter().find(|line| text(&line["graduate"], "id") == near).expect("the person")["score"].clone();
        assert_eq!(entering["score_before"], score(&world.staff.get(&at(&vacancy, "/matches")).await.expect(200)));
        assert_eq!(text(&effect["leaving"][0], "graduate_id"), far);
        let movers: Vec<&str> = effect["biggest_movers"].as_array().expect("movers").iter().map(|one| text(one, "graduate_id")).collect();
        assert!(movers.len() == 2 && !movers.contains(&last.as_str()), "{effect}");
        assert_eq!((&of(&taught["id"])["assessable"], &of(&taught["id"])["moved"]), (&json!(false), &json!(0)));
        let same = world.staff.post("/policies/check", json!({"toml": changed(&[])})).await.expect(200);
        assert!(same["vacancies"].as_array().expect("vacancies").iter().all(|one| one["moved"] == 0), "{same}");
        assert_eq!(text(&world.staff.get("/policies").await.expect(200)["in_force"], "policy"), "serap v1");
        let elsewhere = world.elsewhere.post("/policies/check", json!({"toml": near_first()})).await.expect(200);
        assert_eq!(elsewhere["vacancies"], json!([]), "an office hears of its own vacancies");
        world.head.post("/policies", json!({"toml": near_first()})).await.expect(201);
        assert_eq!(entering["score_after"], score(&world.staff.get(&at(&vacancy, "/matches")).await.expect(200)));
        // The whole installation's policy does not reach an office that set its own.
        assert_eq!(world.admin.post("/policies/check", json!({"toml": near_first()})).await.expect(200)["vacancies"], json!([]));
    }
}
