//! The report of absorption, its lists, and what a closed period keeps.

use serap::engine::absorption::event::Act;
use serap::engine::kinds::{Assessment, OutcomeKind, OutcomeSource, ParticipantStatus, TrainingResult};
use serap::engine::lifecycle::PlacementState;
use serde_json::{Value, json};

use crate::on_both;
use crate::support::client::{Client, text};
use crate::support::world_of_classes::{Class, Place, Seed};

/// Every number of a slice, with the name of its list.
const FIGURES: [&str; 17] = [
    "denominator",
    "verified",
    "reported",
    "awaiting",
    "lower",
    "upper",
    "responded",
    "unknown",
    "disputed",
    "not_absorbed",
    "apprenticeship",
    "stale",
    "not_due",
    "elsewhere",
    "excluded",
    "direct",
    "direct_verified",
];

/// Every list is as long as its number says, under every denominator and for every kind.
async fn every_number_opens_its_list(client: &Client, report: &Value) {
    let items = report["items"].as_array().expect("items").iter().chain([&report["totals"]]);
    for item in items {
        let url = text(item, "people_url");
        for figure in FIGURES {
            assert_eq!(json!(length(client, &format!("{url}{figure}")).await), item[figure], "{figure} of {item}");
        }
        for line in item["by_kind"].as_array().expect("kinds") {
            let of_kind = format!("{url}denominator&kind={}", text(line, "kind"));
            assert_eq!(json!(length(client, &of_kind).await), line["people"], "{of_kind}");
            assert_eq!(json!(length(client, &format!("{of_kind}&proved=true")).await), line["verified"], "{of_kind}");
        }
        let asked = format!("denominator={}", text(report, "denominator"));
        for (denominator, line) in item["beside"].as_object().expect("denominators") {
            let url = url.replace(&asked, &format!("denominator={denominator}"));
            assert_eq!(json!(length(client, &format!("{url}denominator")).await), line["denominator"], "{denominator}");
            assert_eq!(json!(length(client, &format!("{url}verified")).await), line["verified"], "{denominator}");
        }
    }
}

/// The length of a list, read to its end two at a time; nobody is on it twice.
async fn length(client: &Client, url: &str) -> usize {
    let mut seen = std::collections::BTreeSet::new();
    let mut cursor = String::new();
    loop {
        let page = client.get(&format!("{url}&limit=2{cursor}")).await.expect(200);
        for item in page["items"].as_array().expect("items") {
            assert!(seen.insert(text(item, "participant_id").to_owned()), "twice on {url}");
        }
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return seen.len(),
        }
    }
}

/// 7 jobs of both sides, 1 job only told, 1 business a second officer checked, 2 seeking, 2 silent.
async fn thirteen(world: &crate::support::world::World, seed: &Seed<'_>, class: &Class) {
    let partner = seed.partner("PT Busana Contoh").await;
    let promise = seed.promise(partner, 5).await;
    let vacancy = seed.vacancy(partner, Some(promise), 8, &[]).await;
    for place in class.people.iter().take(7) {
        seed.job(*place, vacancy, "2026-11-09").await;
    }
    let tell = async |place: Place, kind: &str| {
        let body = json!({"kind": kind, "on": "2026-11-25"});
        world.staff.post(&format!("/graduates/{}/outcomes", place.graduate), body).await.expect(201)
    };
    tell(class.people[7], "other_employer").await;
    let business = tell(class.people[8], "self_employed").await;
    let verify = format!("/outcomes/{}/verify", text(&business, "id"));
    world.colleague.post(&verify, json!({"evidence": "second_officer"})).await.expect(200);
    tell(class.people[9], "seeking").await;
    tell(class.people[10], "seeking").await;
}

fn numbers<'a>(item: &'a Value, names: &[&str]) -> Vec<&'a Value> {
    names.iter().map(|name| &item[*name]).collect()
}

on_both! {
    async fn case_i1_three_offers_and_one_placement_are_one_absorbed_person(world: &World) {
        let seed = Seed::new(world).await;
        let class = seed.class("2026-11-02", 1).await;
        let partner = seed.partner("PT Busana Contoh").await;
        let vacancy = seed.vacancy(partner, None, 3, &[]).await;
        seed.job(class.people[0], vacancy, "2026-11-09").await;
        let totals = &world.staff.get("/reports/absorption").await.expect(200)["totals"];
        assert_eq!(numbers(totals, &["denominator", "verified", "reported"]), [&json!(1), &json!(1), &json!(1)]);
        assert_eq!(totals["rate"], 100.0);
    }

    async fn case_i4_placing_cancelling_and_placing_the_same_pair_is_one(world: &World) {
        let seed = Seed::new(world).await;
        let class = seed.class("2026-11-02", 1).await;
        let partner = seed.partner("PT Busana Contoh").await;
        let vacancy = seed.vacancy(partner, None, 3, &[]).await;
        let seat = seed.seat(class.people[0], vacancy, PlacementState::Cancelled).await;
        seed.event(class.people[0], Some(seat), Act::Cancelled, "2026-11-05", |_| {}).await;
        seed.job(class.people[0], vacancy, "2026-11-09").await;
        let report = world.staff.get("/reports/absorption").await.expect(200);
        assert_eq!(numbers(&report["totals"], &["verified", "reported"]), [&json!(1), &json!(1)]);
        every_number_opens_its_list(&world.staff, &report).await;
    }

    async fn case_i7_each_rate_stands_with_its_denominator_and_passed_is_the_default(world: &World) {
        let seed = Seed::new(world).await;
        let class = seed.class("2026-11-02", 16).await;
        let partner = seed.partner("PT Busana Contoh").await;
        let vacancy = seed.vacancy(partner, None, 16, &[]).await;
        for (number, place) in (1..).zip(&class.people) {
            seed.change(*place, |row| {
                row.attendance_percent = Some(if number <= 14 { 90 } else { 40 });
                row.result = Some(if number <= 13 { TrainingResult::Passed } else { TrainingResult::Failed });
                row.assessed = Some(if number <= 11 { Assessment::Competent } else { Assessment::NotYetCompetent });
            })
            .await;
            if number <= 9 {
                seed.job(*place, vacancy, "2026-11-09").await;
            }
        }
        let report = world.staff.get("/reports/absorption").await.expect(200);
        assert_eq!(report["denominator"], "passed");
        let beside = &report["totals"]["beside"];
        for (denominator, whole, rate) in [("started", 16, 56.25), ("attended", 14, 64.29), ("passed", 13, 69.23), ("competent", 11, 81.82)] {
            let line = &beside[denominator];
            assert_eq!(numbers(line, &["denominator", "verified", "rate"]), [&json!(whole), &json!(9), &json!(rate)], "{denominator}");
        }
        assert_eq!(numbers(&report["totals"], &["denominator", "verified", "rate"]), [&json!(13), &json!(9), &json!(69.23)]);
        assert_eq!(report["items"][0]["target"], 70.0);
        every_number_opens_its_list(&world.staff, &report).await;
    }

    async fn case_i8_the_headline_the_bounds_and_the_response(world: &World) {
        let seed = Seed::new(world).await;
        let class = seed.class("2026-11-02", 13).await;
        thirteen(world, &seed, &class).await;
        let names = ["denominator", "verified", "reported", "lower", "upper", "responded", "unknown", "awaiting", "not_absorbed"];
        let expected: [Value; 9] = [13, 8, 9, 8, 11, 11, 2, 1, 2].map(|number: u32| json!(number));
        for question in ["/reports/absorption", "/reports/absorption?checkpoint=30&as_of=2026-12-02"] {
            let report = world.staff.get(question).await.expect(200);
            assert_eq!(numbers(&report["totals"], &names), expected.iter().collect::<Vec<_>>(), "{question}");
            assert_eq!(report["totals"]["rate"], 61.54);
            let kinds: Vec<(&str, &Value, &Value)> =
                report["totals"]["by_kind"].as_array().expect("kinds").iter().map(|line| (text(line, "kind"), &line["people"], &line["verified"])).collect();
            let (zero, one, two, seven) = (json!(0), json!(1), json!(2), json!(7));
            assert_eq!(kinds, [("partner", &seven, &seven), ("other_employer", &one, &zero), ("self_employed", &one, &one), ("seeking", &two, &zero)]);
            assert_eq!(numbers(&report["totals"], &["direct", "direct_verified"]), [&seven, &seven]);
            every_number_opens_its_list(&world.staff, &report).await;
        }
        let before = world.staff.get(&format!("/graduates/{}/outcomes", class.people[9].graduate)).await.expect(200);
        world.staff.post(&format!("/graduates/{}/outcomes", class.people[9].graduate), json!({"kind": "home_work", "on": "2026-12-01"})).await.expect(201);
        let after = world.staff.get(&format!("/graduates/{}/outcomes", class.people[9].graduate)).await.expect(200);
        assert_eq!(after["items"][0], before["items"][0], "nothing is overwritten");
        assert_eq!(world.staff.get("/reports/absorption").await.expect(200)["totals"]["reported"], 10);
    }

    async fn case_i9_a_hire_the_partner_alone_tells_awaits_and_a_no_disputes_it(world: &World) {
        let seed = Seed::new(world).await;
        let class = seed.class("2026-11-02", 3).await;
        let partner = seed.partner("PT Busana Contoh").await;
        let vacancy = seed.vacancy(partner, None, 3, &[]).await;
        seed.job(class.people[0], vacancy, "2026-11-09").await;
        for place in &class.people[1..] {
            let seat = seed.seat(*place, vacancy, PlacementState::Started).await;
            seed.event(*place, Some(seat), Act::Started, "2026-11-09", |_| {}).await;
            if place.participant == class.people[2].participant {
                seed.event(*place, Some(seat), Act::Disputed, "2026-11-12", |event| event.source = OutcomeSource::Graduate).await;
            }
        }
        let report = world.staff.get("/reports/absorption").await.expect(200);
        let url = text(&report["totals"], "people_url");
        for (figure, place) in [("verified", 0), ("awaiting", 1), ("disputed", 2), ("unknown", 2)] {
            let list = world.staff.get(&format!("{url}{figure}")).await.expect(200);
            let listed: Vec<&str> = list["items"].as_array().expect("items").iter().map(|item| text(item, "participant_id")).collect();
            assert_eq!(listed, [class.people[place].participant.to_string()], "{figure}");
        }
        assert_eq!(report["totals"]["upper"], 3);
    }

    async fn case_i10_the_lists_obey_scope_and_role(world: &World) {
        let seed = Seed::new(world).await;
        let class = seed.class("2026-11-02", 3).await;
        let other = seed.class_of(world.other_office, "2026-11-02", 2).await;
        let report = world.viewer.get("/reports/absorption").await.expect(200);
        assert_eq!(report["totals"]["denominator"], 5, "a viewer sees the offices of the region");
        world.viewer.get(text(&report["totals"], "people_url")).await.refused(403, "role_not_allowed");
        world.instructor.get("/reports/absorption").await.refused(403, "role_not_allowed");
        let own = world.staff.get("/reports/absorption").await.expect(200);
        assert_eq!(own["totals"]["denominator"], 3);
        world.staff.get(&format!("/reports/absorption?batch_id={}", other.batch)).await.refused(404, "not_found");
        world.staff.get(&format!("/reports/absorption?office_id={}", world.other_office)).await.refused(404, "not_found");
        let one = world.admin.get(&format!("/reports/absorption?batch_id={}&group_by=programme", class.batch)).await.expect(200);
        assert_eq!((&one["totals"]["denominator"], &one["items"][0]["group"]["label"]), (&json!(3), &json!("Menjahit Pakaian")));
        let elsewhere = text(&own["totals"], "people_url").replace("figure=", &format!("group={}&figure=", other.batch));
        world.staff.get(&elsewhere).await.refused(404, "not_found");
        world.staff.get("/reports/absorption?checkpoint=45").await.field("/checkpoint", "checkpoint_unknown");
        world.staff.get("/reports/absorption?group_by=warna").await.field("/group_by", "code_unknown");
        for cut in ["programme", "employer", "district", "fund", "month"] {
            let report = world.staff.get(&format!("/reports/absorption?group_by={cut}")).await.expect(200);
            every_number_opens_its_list(&world.staff, &report).await;
        }
        let in_english = crate::support::client::send(world.staff.request(reqwest::Method::GET, "/reports/absorption").header("Accept-Language", "en")).await.expect(200);
        assert!(text(&in_english["definition"], "text").starts_with("Absorption rate = people proved"));
        assert!(text(&own["definition"], "text").starts_with("Tingkat penyerapan = orang"));
    }

    async fn case_i13_working_on_day_20_says_nothing_about_day_90(world: &World) {
        let seed = Seed::new(world).await;
        let class = seed.class("2026-03-02", 1).await;
        seed.event(class.people[0], None, Act::Reported, "2026-03-22", |event| event.kind = OutcomeKind::OtherEmployer).await;
        for days in [90, 180] {
            let report = world.staff.get(&format!("/reports/absorption?checkpoint={days}")).await.expect(200);
            let seen = numbers(&report["totals"], &["denominator", "reported", "unknown", "lower", "upper"]);
            assert_eq!(seen, [&json!(1), &json!(0), &json!(1), &json!(0), &json!(1)]);
        }
        assert_eq!(world.staff.get("/reports/absorption?checkpoint=30").await.expect(200)["totals"]["reported"], 1);
    }

    async fn case_i14_who_is_not_yet_due_is_in_no_denominator(world: &World) {
        let seed = Seed::new(world).await;
        seed.class("2026-10-23", 16).await;
        let report = world.staff.get("/reports/absorption?checkpoint=90").await.expect(200);
        let seen = numbers(&report["totals"], &["denominator", "verified", "not_due", "rate"]);
        assert_eq!(seen, [&json!(0), &json!(0), &json!(16), &Value::Null]);
        every_number_opens_its_list(&world.staff, &report).await;
    }

    async fn case_a17_who_was_entered_by_mistake_is_counted_nowhere(world: &World) {
        let seed = Seed::new(world).await;
        let class = seed.class("2026-11-02", 2).await;
        let partner = seed.partner("PT Busana Contoh").await;
        let vacancy = seed.vacancy(partner, None, 3, &[]).await;
        seed.job(class.people[0], vacancy, "2026-11-09").await;
        seed.change(class.people[0], |row| row.status = ParticipantStatus::Removed).await;
        let report = world.staff.get("/reports/absorption").await.expect(200);
        assert_eq!(numbers(&report["totals"], &["denominator", "verified", "reported"]), [&json!(1), &json!(0), &json!(0)]);
        assert_eq!(report["totals"]["beside"]["started"]["denominator"], 1);
    }

    async fn a_person_with_two_classes_counts_once_and_belongs_to_the_later_one(world: &World) {
        let seed = Seed::new(world).await;
        let first = seed.class("2026-03-02", 1).await;
        let second = seed.class("2026-08-03", 1).await;
        let twice = first.people[0];
        seed.place(&second, twice.graduate).await;
        let partner = seed.partner("PT Busana Contoh").await;
        let vacancy = seed.vacancy(partner, None, 3, &[]).await;
        seed.job(twice, vacancy, "2026-09-01").await;
        let report = world.staff.get("/reports/absorption").await.expect(200);
        assert_eq!(numbers(&report["totals"], &["denominator", "verified"]), [&json!(2), &json!(1)]);
        let alone = world.staff.get(&format!("/reports/absorption?batch_id={}", first.batch)).await.expect(200);
        assert_eq!(numbers(&alone["totals"], &["denominator", "verified", "elsewhere"]), [&json!(0), &json!(0), &json!(1)]);
        let later = world.staff.get(&format!("/reports/absorption?batch_id={}", second.batch)).await.expect(200);
        assert_eq!(numbers(&later["totals"], &["denominator", "verified"]), [&json!(2), &json!(1)]);
    }

    async fn case_i15_a_closed_report_stays_and_a_revision_line_shows_one_more(world: &World) {
        let seed = Seed::new(world).await;
        let class = seed.class("2027-01-04", 3).await;
        let partner = seed.partner("PT Busana Contoh").await;
        let vacancy = seed.vacancy(partner, None, 3, &[]).await;
        world.clock.advance(chrono::Duration::days(70));
        seed.job(class.people[0], vacancy, "2027-01-11").await;
        let body = json!({"label": "Januari 2027", "as_of": "2027-01-31"});
        world.viewer.post("/reports/absorption/close", body.clone()).await.refused(403, "role_not_allowed");
        world.admin.post("/reports/absorption/close", body.clone()).await.field("/office_id", "office_needed");
        world.staff.post("/reports/absorption/close", json!({"label": "X", "as_of": "2027-01-31", "checkpoint": 45})).await.field("/checkpoint", "checkpoint_unknown");
        let closed = world.staff.post("/reports/absorption/close", body.clone()).await.expect(201);
        assert_eq!(numbers(&closed["report"]["totals"], &["denominator", "verified"]), [&json!(3), &json!(1)]);
        world.colleague.post("/reports/absorption/close", body).await.refused(409, "period_closed");
        let path = format!("/reports/periods/{}", text(&closed, "id"));
        let read = world.head.get(&path).await.expect(200);
        assert_eq!((&read["revisions"], &read["intact"]), (&json!([]), &json!(true)));

        world.clock.advance(chrono::Duration::days(23));
        seed.job(class.people[1], vacancy, "2027-01-20").await;
        seed.event(class.people[2], None, Act::Reported, "2027-02-20", |event| event.kind = OutcomeKind::Seeking).await;
        let read = world.head.get(&path).await.expect(200);
        assert_eq!(read["report"], closed["report"], "the closed report is as it was");
        assert_eq!(read["hash"], closed["hash"]);
        assert_eq!(read["intact"], true);
        let revisions = read["revisions"].as_array().expect("revisions");
        let of = |kind: &str, figure: &str| {
            let line = revisions.iter().find(|line| line["group"]["kind"] == kind && line["figure"] == figure);
            line.map(|line| (line["was"].as_i64(), line["is"].as_i64(), line["change"].as_i64()))
        };
        for kind in ["total", "batch"] {
            assert_eq!(of(kind, "verified"), Some((Some(1), Some(2), Some(1))));
            assert_eq!(of(kind, "unknown"), Some((Some(2), Some(1), Some(-1))), "what happened in February is not in January");
        }
        assert_eq!(of("total", "denominator"), None);
        let list = world.staff.get(&format!("{}verified", text(&read["report"]["totals"], "people_url"))).await.expect(200);
        assert_eq!(list["items"][0]["participant_id"], class.people[0].participant.to_string());
        assert_eq!(list["items"].as_array().expect("items").len(), 1, "the list of a closed number is closed too");
        world.elsewhere.get(&path).await.refused(404, "not_found");
        world.viewer.get(&path).await.expect(200);
        world.viewer.get(&format!("{path}/people?figure=verified")).await.refused(403, "role_not_allowed");
        assert_eq!(world.staff.get("/reports/periods").await.expect(200)["items"][0]["label"], "Januari 2027");
    }

    async fn case_i3_buckets_add_up_to_the_whole_under_every_filter(world: &World) {
        let seed = Seed::new(world).await;
        let classes = [seed.class("2026-06-01", 6).await, seed.class("2026-08-24", 6).await, seed.class("2026-11-23", 6).await];
        let partner = seed.partner("PT Busana Contoh").await;
        let vacancy = seed.vacancy(partner, None, 40, &[]).await;
        // A fixed sequence stands in for chance, so that a failure can be seen again.
        let mut state: u64 = 42;
        let mut chance = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        for class in &classes {
            for place in &class.people {
                let (fate, status) = (chance(8), chance(6));
                seed.change(*place, |row| match status {
                    0 => row.status = ParticipantStatus::Removed,
                    1 => (row.status, row.result) = (ParticipantStatus::Withdrawn, None),
                    2 => row.result = Some(TrainingResult::Failed),
                    3 => row.result = None,
                    _ => {}
                })
                .await;
                let kind = OutcomeKind::ALL[usize::try_from(chance(9)).expect("small")];
                match fate {
                    0 => {}
                    1 => _ = seed.job(*place, vacancy, "2026-11-24").await,
                    2 => {
                        let seat = seed.seat(*place, vacancy, PlacementState::Started).await;
                        seed.event(*place, Some(seat), Act::Started, "2026-09-01", |_| {}).await;
                    }
                    3 => {
                        let seat = seed.job(*place, vacancy, "2026-11-24").await;
                        seed.event(*place, Some(seat), Act::Disputed, "2026-11-30", |event| event.source = OutcomeSource::Graduate).await;
                    }
                    4 => {
                        let seat = seed.job(*place, vacancy, "2026-09-01").await;
                        seed.event(*place, Some(seat), Act::Ended, "2026-11-01", |_| {}).await;
                    }
                    _ => _ = seed.event(*place, None, Act::Reported, "2026-11-25", |event| event.kind = kind).await,
                }
            }
        }
        for cut in ["batch", "district", "month"] {
            for denominator in ["started", "attended", "passed", "competent"] {
                for moment in ["", "&checkpoint=30", "&checkpoint=90", "&as_of=2026-09-15"] {
                    let question = format!("/reports/absorption?group_by={cut}&denominator={denominator}{moment}");
                    let report = world.staff.get(&question).await.expect(200);
                    let number = |item: &Value, name: &str| item[name].as_u64().expect("a number");
                    for item in report["items"].as_array().expect("items").iter().chain([&report["totals"]]) {
                        let buckets = ["verified", "awaiting", "apprenticeship", "not_absorbed", "unknown"];
                        let sum: u64 = buckets.iter().map(|name| number(item, name)).sum();
                        assert_eq!(sum, number(item, "denominator"), "{question}: {item}");
                        assert_eq!(number(item, "reported"), number(item, "verified") + number(item, "awaiting"));
                        assert_eq!(number(item, "upper"), number(item, "reported") + number(item, "unknown"));
                        assert_eq!(number(item, "responded") + number(item, "unknown"), number(item, "denominator"));
                    }
                    let whole: u64 = report["items"].as_array().expect("items").iter().map(|item| number(item, "denominator")).sum();
                    assert_eq!(whole, number(&report["totals"], "denominator"), "nobody here is in two classes: {question}");
                }
            }
        }
        every_number_opens_its_list(&world.staff, &world.staff.get("/reports/absorption?denominator=started").await.expect(200)).await;
    }

    async fn a_promise_of_five_kept_with_six_is_praised(world: &World) {
        let seed = Seed::new(world).await;
        let class = seed.class("2026-11-02", 8).await;
        let partner = seed.partner("PT Busana Contoh").await;
        let promise = seed.promise(partner, 5).await;
        let vacancy = seed.vacancy(partner, Some(promise), 6, &[]).await;
        for place in class.people.iter().take(6) {
            seed.job(*place, vacancy, "2026-11-09").await;
        }
        let left = seed.job(class.people[6], vacancy, "2026-11-09").await;
        seed.event(class.people[6], Some(left), Act::Ended, "2026-11-20", |_| {}).await;
        let elsewhere = seed.vacancy(partner, None, 1, &[]).await;
        seed.job(class.people[7], elsewhere, "2026-11-09").await;
        let report = world.viewer.get("/reports/commitments").await.expect(200);
        let line = &report["items"][0];
        assert_eq!(line["employer"]["name"], "PT Busana Contoh");
        let own = &line["commitments"][0];
        let names = ["promised", "opened", "accepted", "started", "still_there", "kept", "beyond"];
        assert_eq!(numbers(own, &names), [&json!(5), &json!(6), &json!(7), &json!(7), &json!(6), &json!(140.0), &json!(2)]);
        assert_eq!(numbers(line, &["promised", "started"]), [&json!(5), &json!(8)], "a partner's line holds every start there");
        let before = world.staff.get("/reports/commitments?as_of=2026-11-08").await.expect(200);
        assert_eq!(numbers(&before["items"][0], &["promised", "started", "opened"]), [&json!(5), &json!(0), &json!(0)]);
        assert_eq!(world.elsewhere.get("/reports/commitments").await.expect(200)["items"], json!([]));
    }

    async fn selection_by_sex_shows_from_thirty_people_a_group(world: &World) {
        let seed = Seed::new(world).await;
        let partner = seed.partner("PT Busana Contoh").await;
        let vacancy = seed.vacancy(partner, None, 80, &[]).await;
        let class = seed.class("2026-11-02", 61).await;
        let women: Vec<_> = class.people.iter().filter(|place| place.number % 2 == 0).collect();
        let men: Vec<_> = class.people.iter().filter(|place| place.number % 2 == 1).collect();
        assert_eq!((women.len(), men.len()), (31, 30));
        for place in women.iter().chain(men.iter().take(29)) {
            seed.seat(**place, vacancy, PlacementState::Planned).await;
        }
        let view = world.viewer.get("/reports/fairness").await.expect(200);
        let of = |sex: &str| view["items"].as_array().expect("groups").iter().find(|line| line["sex"] == sex).expect("a group").clone();
        assert_eq!(of("female")["stages"]["placed"], 31);
        assert_eq!((&of("male")["suppressed"], &of("male")["stages"]), (&json!(true), &Value::Null));
        assert_eq!(view["totals"], Value::Null, "a sum would tell the hidden group");
        seed.seat(*men[29], vacancy, PlacementState::Planned).await;
        let view = world.staff.get(&format!("/reports/fairness?vacancy_id={vacancy}")).await.expect(200);
        assert_eq!(view["totals"]["considered"], 61);
        world.elsewhere.get(&format!("/reports/fairness?vacancy_id={vacancy}")).await.refused(404, "not_found");
    }

    async fn the_extract_and_the_gap_tell_of_open_vacancies(world: &World) {
        let seed = Seed::new(world).await;
        let partner = seed.partner("PT Busana Contoh").await;
        seed.vacancy(partner, None, 4, &["GAR.CM01.003.01", "C.14GMT06.010.1"]).await;
        let extract = world.head.get("/reports/vacancies?from=2026-12-02&to=2026-12-02").await.expect(200);
        assert_eq!((&extract["count"], &extract["positions"], &extract["filled"]), (&json!(1), &json!(4), &json!(0)));
        let line = &extract["items"][0];
        assert_eq!((text(&line["employer"], "name"), text(line, "education"), text(line, "published_on")), ("PT Busana Contoh", "SMP", "2026-12-02"));
        assert_eq!(line["competencies"][0]["code"], "GAR.CM01.003.01");
        assert_eq!(world.head.get("/reports/vacancies?to=2026-12-01").await.expect(200)["count"], 0);
        world.head.get("/reports/vacancies?from=2026-12-02&to=2026-12-01").await.field("/to", "date_order");
        let holder = crate::support::jobs::graduate(world, "Siti Aminah").await;
        let nearly = crate::support::people::register(&world.staff, json!({"name": "Budi Santoso", "district": "35.13.17"})).await;
        let units = json!([{"unit": "GAR.CM01.003.01"}]);
        let body = json!({"kind": "bnsp", "issuer": "LSP Garmen", "number": "1/2026", "issued_on": "2026-12-01", "valid_until": "2029-12-01", "units": units});
        world.staff.post(&format!("/graduates/{}/certificates", text(&nearly, "id")), body).await.expect(201);
        assert!(!holder.is_empty());
        let gap = world.staff.get("/reports/competency-gap").await.expect(200);
        let of = |code: &str| gap["items"].as_array().expect("units").iter().find(|line| line["code"] == code).expect("a unit").clone();
        let (missing, held) = (of("C.14GMT06.010.1"), of("GAR.CM01.003.01"));
        assert_eq!(numbers(&missing, &["vacancies", "seats_free", "holders", "lacking_only_this"]), [&json!(1), &json!(4), &json!(1), &json!(1)]);
        assert_eq!(numbers(&held, &["holders", "lacking_only_this"]), [&json!(2), &json!(0)]);
        assert_eq!(world.elsewhere.get("/reports/competency-gap").await.expect(200)["items"], json!([]));
    }

    async fn case_f12_who_is_erased_stays_in_the_counts_without_a_name(world: &World) {
        let seed = Seed::new(world).await;
        let class = seed.class("2026-08-20", 0).await;
        let graduate = crate::support::jobs::graduate(world, "Siti Aminah").await;
        seed.place(&class, serap::engine::id::GraduateId::parse(&graduate).expect("an id")).await;
        let path = format!("/graduates/{graduate}/outcomes");
        let told = world.staff.post(&path, json!({"kind": "self_employed", "on": "2026-12-01", "employer_name": "Jahit Bu Siti"})).await.expect(201);
        world.colleague.post(&format!("/outcomes/{}/verify", text(&told, "id")), json!({"evidence": "second_officer"})).await.expect(200);
        let before = world.staff.get("/reports/absorption?group_by=batch").await.expect(200);
        assert!(!world.staff.get("/follow-ups?due=all").await.expect(200)["items"].as_array().expect("tasks").is_empty());
        world.staff.post(&format!("/graduates/{graduate}/erase"), Value::Null).await.expect(200);
        let after = world.staff.get("/reports/absorption?group_by=batch").await.expect(200);
        assert_eq!(before, after);
        assert_eq!(after["totals"]["verified"], 1);
        let list = world.staff.get(&format!("{}verified", text(&after["totals"], "people_url"))).await.expect(200);
        assert_eq!(list["items"][0]["graduate"]["display_name"], "(data pribadi dihapus)");
        assert!(!world.staff.get(&path).await.expect(200).to_string().contains("Bu Siti"));
        assert_eq!(world.staff.get("/follow-ups?due=all").await.expect(200)["items"], json!([]));
    }

    async fn case_d7_a_record_merged_into_another_is_one_person(world: &World) {
        let seed = Seed::new(world).await;
        let class = seed.class("2026-11-02", 3).await;
        let partner = seed.partner("PT Busana Contoh").await;
        let vacancy = seed.vacancy(partner, None, 3, &[]).await;
        seed.job(class.people[0], vacancy, "2026-11-09").await;
        seed.merge(class.people[0], class.people[1]).await;
        let report = world.staff.get(&format!("/reports/absorption?programme_id={}", class.programme)).await.expect(200);
        assert_eq!(numbers(&report["totals"], &["denominator", "verified"]), [&json!(2), &json!(1)]);
        every_number_opens_its_list(&world.staff, &report).await;
    }
}
