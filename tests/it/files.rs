//! Notes and evidence files.

use serde_json::json;

use crate::on_both;
use crate::support::client::text;
use crate::support::people::{by_link, certify, partner, register};

/// The smallest thing that begins like a PDF.
fn pdf() -> Vec<u8> {
    b"%PDF-1.7\n% contoh\n".to_vec()
}

on_both! {
    async fn a_file_is_sealed_and_comes_back_whole(world: &World) {
        let made = register(&world.staff, json!({"name": "Ani Contoh"})).await;
        let fields = [("entity", "graduate"), ("entity_id", text(&made, "id"))];
        let kept = world.staff.upload("/files", &fields, "KTP Ani Contoh.pdf", pdf()).await.expect(201);
        assert_eq!((kept["media_type"].clone(), kept["size_bytes"].clone()), (json!("application/pdf"), json!(pdf().len())));
        assert_eq!(text(&kept, "sha256").len(), 64);
        let path = format!("/files/{}", text(&kept, "id"));
        let read = world.colleague.get(&path).await;
        assert_eq!((read.bytes.clone(), read.headers["content-type"].to_str().expect("text")), (pdf(), "application/pdf"));
        assert!(read.headers["content-disposition"].to_str().expect("text").starts_with("attachment"));
        let ani = by_link(world, &made).await;
        assert_eq!(ani.get(&path).await.bytes, pdf());
        world.staff.upload("/files", &fields, "ktp.pdf", b"<html>".to_vec()).await.field("/file", "file_type_refused");
        world.staff.upload("/files", &[("entity", "kucing")], "x.pdf", pdf()).await.field("/entity", "code_unknown");
        world.staff.upload("/files", &[("judul", "x")], "x.pdf", pdf()).await.field("/judul", "field_unknown");
        let mut large = pdf();
        large.resize(5 * 1024 * 1024 + 1, b' ');
        world.staff.upload("/files", &fields, "besar.pdf", large).await.refused(413, "body_too_large");
        world.elsewhere.upload("/files", &fields, "x.pdf", pdf()).await.refused(404, "not_found");
        world.viewer.upload("/files", &fields, "x.pdf", pdf()).await.refused(403, "role_not_allowed");
    }

    async fn case_f1_another_partners_papers_are_not_there(world: &World) {
        let (first, second) = (partner(world, "PT Satu").await, partner(world, "PT Dua").await);
        let (one, two) = (world.employer("mitra", &first).await, world.employer("mitra2", &second).await);
        let made = register(&world.staff, json!({"name": "Ani Contoh"})).await;
        let certificate = certify(&world.staff, &made, "1/F1").await;
        let kept = two.upload("/files", &[("entity", "employer"), ("entity_id", &second)], "mou.pdf", pdf()).await.expect(201);
        let about_ani =
            world.staff.upload("/files", &[("entity", "graduate"), ("entity_id", text(&made, "id"))], "a.pdf", pdf()).await.expect(201);
        for path in [
            format!("/files/{}", text(&kept, "id")),
            format!("/files/{}", text(&about_ani, "id")),
            format!("/certificates/{}", text(&certificate, "id")),
        ] {
            one.get(&path).await.refused(404, "not_found");
            world.elsewhere.get(&path).await.refused(404, "not_found");
            world.anonymous.get(&path).await.refused(401, "sign_in_needed");
        }
        assert_eq!(two.get(&format!("/files/{}", text(&kept, "id"))).await.bytes, pdf());
        one.upload("/files", &[("entity", "employer"), ("entity_id", &second)], "x.pdf", pdf()).await.refused(404, "not_found");
        one.get(&format!("/graduates/{}", text(&made, "id"))).await.refused(403, "role_not_allowed");
    }

    async fn notes_stay_in_the_office_unless_they_are_shared(world: &World) {
        let made = register(&world.staff, json!({"name": "Ani Contoh", "nik": "3513015203980001"})).await;
        let note = |text: &str, shared: bool| json!({"entity": "graduate", "entity_id": made["id"], "text": text, "shared": shared});
        world.staff.post("/notes", note("Sering terlambat", false)).await.expect(201);
        world.colleague.post("/notes", note("Sudah ditelepon", true)).await.expect(201);
        let path = format!("/notes?entity_id={}", text(&made, "id"));
        assert_eq!(world.head.get(&path).await.expect(200)["items"].as_array().expect("items").len(), 2);
        world.elsewhere.get(&path).await.refused(404, "not_found");
        world.elsewhere.post("/notes", note("x", false)).await.refused(404, "not_found");
        let there = register(&world.elsewhere, json!({"name": "Ani Contoh", "nik": "3513015203980001"})).await;
        let seen = world.elsewhere.get(&format!("/notes?entity_id={}", text(&there, "id"))).await.expect(200);
        assert_eq!((seen["items"].as_array().expect("items").len(), seen["items"][0]["text"].clone()), (1, json!("Sudah ditelepon")));
        world.staff.post("/notes", json!({"entity": "batch", "entity_id": made["id"], "text": "x"})).await.field("/entity", "code_unknown");
        let employer = partner(world, "PT Satu").await;
        world.staff.post("/notes", json!({"entity": "employer", "entity_id": employer, "text": "Minta lima orang"})).await.expect(201);
        assert_eq!(world.staff.get(&format!("/notes?entity_id={employer}")).await.expect(200)["items"][0]["text"], "Minta lima orang");
        world.elsewhere.get(&format!("/notes?entity_id={employer}")).await.refused(404, "not_found");
    }
}
