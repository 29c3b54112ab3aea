-- The first schema. Words in capitals (ID, INSTANT, DAY, BYTES, JSON, SERIAL) become each database's own type.
-- Sealed columns hold bytes under the person's data key; names, sex and district are plain and blanked at erasure.

-- ------------------------------------------------------------------ installation
CREATE TABLE setting (
    key text PRIMARY KEY,
    value text NOT NULL
);
CREATE TABLE office (
    id ID PRIMARY KEY,
    name text NOT NULL,
    kind text NOT NULL,
    region_code text NOT NULL,
    zone text NOT NULL DEFAULT 'WIB',
    phone text NULL,
    settings JSON NOT NULL,
    created_at INSTANT NOT NULL,
    version integer NOT NULL DEFAULT 1
);
CREATE TABLE account (
    id ID PRIMARY KEY,
    office_id ID NULL REFERENCES office(id),
    employer_id ID NULL,
    person_id ID NULL,
    region_code text NULL,
    role text NOT NULL,
    login text NOT NULL UNIQUE,
    password_hash text NULL,
    display_name text NOT NULL,
    phone text NULL,
    language text NOT NULL DEFAULT 'id',
    disabled_at INSTANT NULL,
    created_at INSTANT NOT NULL,
    version integer NOT NULL DEFAULT 1
);
CREATE TABLE session (
    id ID PRIMARY KEY,
    token_hash BYTES NOT NULL UNIQUE,
    kind text NOT NULL,
    account_id ID NULL REFERENCES account(id),
    person_id ID NULL,
    graduate_id ID NULL,
    office_id ID NULL,
    sealed_token BYTES NULL,
    created_at INSTANT NOT NULL,
    expires_at INSTANT NOT NULL,
    revoked_at INSTANT NULL
);
CREATE INDEX session_account ON session(account_id);
CREATE INDEX session_graduate ON session(graduate_id);
CREATE TABLE login_attempt (
    key text PRIMARY KEY,
    window_started_at INSTANT NOT NULL,
    failures integer NOT NULL
);
CREATE TABLE idempotency (
    id ID PRIMARY KEY,
    actor text NOT NULL,
    method text NOT NULL,
    path text NOT NULL,
    key text NOT NULL,
    body_hash BYTES NOT NULL,
    status integer NOT NULL,
    sealed_body BYTES NULL,
    created_at INSTANT NOT NULL
);
CREATE UNIQUE INDEX idempotency_once ON idempotency(actor, method, path, key);
CREATE TABLE change_log (
    seq SERIAL,
    epoch bigint NOT NULL,
    xid bigint NOT NULL DEFAULT 0,
    at INSTANT NOT NULL,
    office_id ID NULL,
    entity text NOT NULL,
    entity_id ID NOT NULL
);
CREATE TABLE audit (
    id ID PRIMARY KEY,
    at INSTANT NOT NULL,
    office_id ID NULL,
    actor_kind text NOT NULL,
    actor_id ID NULL,
    action text NOT NULL,
    entity text NOT NULL,
    entity_id ID NULL,
    request_id text NULL,
    detail JSON NOT NULL
);
CREATE INDEX audit_entity ON audit(entity_id, at);
CREATE TABLE audit_seal (
    seq bigint PRIMARY KEY,
    audit_id ID NOT NULL UNIQUE REFERENCES audit(id),
    prev BYTES NOT NULL,
    hash BYTES NOT NULL
);
CREATE TABLE read_log (
    id ID PRIMARY KEY,
    at INSTANT NOT NULL,
    account_id ID NULL,
    office_id ID NULL,
    person_id ID NOT NULL,
    purpose text NOT NULL
);
CREATE INDEX read_log_person ON read_log(person_id, at);
CREATE TABLE outbox (
    id ID PRIMARY KEY,
    dedupe_key text NOT NULL UNIQUE,
    kind text NOT NULL,
    recipient_kind text NOT NULL,
    recipient_id ID NULL,
    office_id ID NULL,
    entity text NOT NULL,
    entity_id ID NOT NULL,
    state text NOT NULL DEFAULT 'waiting',
    due_at INSTANT NOT NULL,
    sent_at INSTANT NULL,
    attempts integer NOT NULL DEFAULT 0,
    created_at INSTANT NOT NULL
);
CREATE INDEX outbox_due ON outbox(state, due_at);
CREATE TABLE lease (
    name text PRIMARY KEY,
    holder text NOT NULL,
    until INSTANT NOT NULL
);

-- ------------------------------------------------------------------ catalogue beyond what the binary carries
CREATE TABLE unit (
    code text PRIMARY KEY,
    family text NOT NULL,
    edition integer NOT NULL,
    written text NOT NULL,
    title text NOT NULL,
    sector text NULL,
    decree text NULL,
    source text NULL,
    official boolean NOT NULL,
    updated_at INSTANT NOT NULL,
    version integer NOT NULL DEFAULT 1
);
CREATE INDEX unit_family ON unit(family);
CREATE TABLE unit_link (
    id ID PRIMARY KEY,
    left_code text NOT NULL,
    right_code text NOT NULL,
    factor_hundredths integer NOT NULL,
    reviewed boolean NOT NULL,
    source text NULL
);
CREATE UNIQUE INDEX unit_link_once ON unit_link(left_code, right_code);
CREATE TABLE scheme (
    code text PRIMARY KEY,
    title text NOT NULL,
    kind text NULL,
    sector text NULL,
    unit_codes JSON NOT NULL,
    source text NULL,
    updated_at INSTANT NOT NULL,
    version integer NOT NULL DEFAULT 1
);
CREATE TABLE region (
    code text PRIMARY KEY,
    name text NOT NULL,
    latitude double precision NULL,
    longitude double precision NULL,
    updated_at INSTANT NOT NULL
);
CREATE TABLE minimum_wage (
    id ID PRIMARY KEY,
    region_code text NOT NULL,
    sector text NOT NULL DEFAULT '',
    year integer NOT NULL,
    amount bigint NOT NULL,
    valid_from DAY NOT NULL,
    basis text NULL,
    source text NULL
);
CREATE UNIQUE INDEX minimum_wage_once ON minimum_wage(region_code, sector, valid_from);
CREATE TABLE confirmation (
    id ID PRIMARY KEY,
    office_id ID NULL REFERENCES office(id),
    subject text NOT NULL,
    text_key text NOT NULL,
    text text NOT NULL,
    code text NOT NULL,
    confirmed_by ID NULL REFERENCES account(id),
    confirmed_at INSTANT NOT NULL
);
CREATE UNIQUE INDEX confirmation_once ON confirmation(office_id, subject, text_key);
CREATE TABLE esco_concept (
    uri text PRIMARY KEY,
    kind text NOT NULL,
    label text NOT NULL,
    alternative_labels JSON NOT NULL
);
CREATE TABLE esco_relation (
    from_uri text NOT NULL,
    to_uri text NOT NULL,
    kind text NOT NULL,
    PRIMARY KEY (from_uri, to_uri, kind)
);
-- That a unit teaches an ESCO skill. A proposal counts nothing until staff reviewed it.
CREATE TABLE esco_link (
    id ID PRIMARY KEY,
    unit_code text NOT NULL,
    skill_uri text NOT NULL,
    skill_label text NOT NULL,
    standing text NOT NULL,
    source text NULL,
    proposed_at INSTANT NOT NULL,
    reviewed_by ID NULL REFERENCES account(id),
    reviewed_at INSTANT NULL,
    version integer NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX esco_link_once ON esco_link(unit_code, skill_uri);
-- A version of a scoring policy: an office's, or the whole installation's where no office is named. The body never changes;
-- the next version ends the one before.
CREATE TABLE policy (
    id ID PRIMARY KEY,
    office_id ID NULL REFERENCES office(id),
    name text NOT NULL,
    revision integer NOT NULL,
    body text NOT NULL,
    created_by ID NULL,
    created_at INSTANT NOT NULL,
    ended_at INSTANT NULL
);
CREATE UNIQUE INDEX policy_once ON policy(office_id, name, revision);
CREATE UNIQUE INDEX policy_once_everywhere ON policy(name, revision) WHERE office_id IS NULL;
CREATE UNIQUE INDEX policy_in_force ON policy(office_id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX policy_in_force_everywhere ON policy((office_id IS NULL)) WHERE office_id IS NULL AND ended_at IS NULL;

-- ------------------------------------------------------------------ people
CREATE TABLE person (
    id ID PRIMARY KEY,
    nik_hash BYTES NULL UNIQUE,
    data_key BYTES NULL,
    data_key_id text NULL,
    committed_hours integer NOT NULL DEFAULT 0 CHECK (committed_hours >= 0 AND committed_hours <= 80),
    merged_into ID NULL REFERENCES person(id),
    erased_at INSTANT NULL,
    limited_at INSTANT NULL,
    objects_to_ranking boolean NOT NULL DEFAULT false,
    created_at INSTANT NOT NULL,
    version integer NOT NULL DEFAULT 1
);
CREATE TABLE graduate (
    id ID PRIMARY KEY,
    office_id ID NOT NULL REFERENCES office(id),
    person_id ID NOT NULL REFERENCES person(id),
    officer_id ID NULL REFERENCES account(id),
    name text NOT NULL,
    name_key text NOT NULL,
    sex text NULL,
    district_code text NULL,
    district_text text NULL,
    nik_sealed BYTES NULL,
    phone_sealed BYTES NULL,
    email_sealed BYTES NULL,
    address_sealed BYTES NULL,
    birth_date_sealed BYTES NULL,
    birth_place_sealed BYTES NULL,
    disability_sealed BYTES NULL,
    notes_sealed BYTES NULL,
    education text NULL,
    available boolean NOT NULL DEFAULT true,
    available_from DAY NULL,
    paused_until DAY NULL,
    wants_change boolean NOT NULL DEFAULT false,
    radius_km integer NULL,
    transport text NULL,
    ready_to_board boolean NOT NULL DEFAULT false,
    refused_shifts JSON NOT NULL,
    wage_wish bigint NULL,
    wage_wish_unit text NULL,
    wished_kbji JSON NOT NULL,
    parent_consent_at INSTANT NULL,
    created_at INSTANT NOT NULL,
    updated_at INSTANT NOT NULL,
    version integer NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX graduate_once ON graduate(office_id, person_id);
CREATE INDEX graduate_person ON graduate(person_id);
CREATE INDEX graduate_name ON graduate(office_id, name_key);
CREATE TABLE employer_wish (
    graduate_id ID NOT NULL REFERENCES graduate(id),
    employer_id ID NOT NULL,
    rank integer NOT NULL,
    PRIMARY KEY (graduate_id, employer_id)
);
CREATE TABLE employer_block (
    graduate_id ID NOT NULL REFERENCES graduate(id),
    employer_id ID NOT NULL,
    created_at INSTANT NOT NULL,
    PRIMARY KEY (graduate_id, employer_id)
);
CREATE TABLE claimed_unit (
    graduate_id ID NOT NULL REFERENCES graduate(id),
    code text NOT NULL,
    text text NOT NULL,
    PRIMARY KEY (graduate_id, code)
);
CREATE TABLE match_row (
    graduate_id ID PRIMARY KEY REFERENCES graduate(id),
    office_id ID NOT NULL,
    packed BYTES NOT NULL
);
CREATE TABLE duplicate_proposal (
    id ID PRIMARY KEY,
    office_id ID NOT NULL REFERENCES office(id),
    left_graduate ID NOT NULL REFERENCES graduate(id),
    right_graduate ID NOT NULL REFERENCES graduate(id),
    confidence text NOT NULL,
    reasons JSON NOT NULL,
    decision text NULL,
    decided_by ID NULL,
    decided_at INSTANT NULL,
    created_at INSTANT NOT NULL
);
CREATE UNIQUE INDEX duplicate_proposal_once ON duplicate_proposal(left_graduate, right_graduate);
CREATE TABLE merge_record (
    id ID PRIMARY KEY,
    from_person ID NOT NULL REFERENCES person(id),
    to_person ID NOT NULL REFERENCES person(id),
    moved JSON NOT NULL,
    merged_by ID NULL,
    merged_at INSTANT NOT NULL,
    undone_at INSTANT NULL
);
CREATE TABLE consent (
    id ID PRIMARY KEY,
    person_id ID NOT NULL REFERENCES person(id),
    graduate_id ID NOT NULL REFERENCES graduate(id),
    office_id ID NOT NULL,
    purpose text NOT NULL,
    employer_id ID NULL,
    channel text NOT NULL,
    given_on DAY NOT NULL,
    recorded_by ID NULL,
    recorded_at INSTANT NOT NULL,
    withdrawn_at INSTANT NULL,
    file_id ID NULL
);
CREATE INDEX consent_person ON consent(person_id);
CREATE TABLE handover (
    id ID PRIMARY KEY,
    entity text NOT NULL,
    entity_id ID NOT NULL,
    from_office ID NULL,
    to_office ID NULL,
    from_account ID NULL,
    to_account ID NULL,
    reason text NULL,
    recorded_by ID NULL,
    recorded_at INSTANT NOT NULL
);
CREATE INDEX handover_entity ON handover(entity_id);
CREATE TABLE note (
    id ID PRIMARY KEY,
    office_id ID NOT NULL REFERENCES office(id),
    entity text NOT NULL,
    entity_id ID NOT NULL,
    person_id ID NULL REFERENCES person(id),
    shared boolean NOT NULL,
    text_sealed BYTES NOT NULL,
    written_by ID NULL,
    created_at INSTANT NOT NULL
);
CREATE INDEX note_entity ON note(entity_id);
CREATE TABLE evidence_file (
    id ID PRIMARY KEY,
    office_id ID NOT NULL REFERENCES office(id),
    employer_id ID NULL,
    person_id ID NULL REFERENCES person(id),
    entity text NOT NULL,
    entity_id ID NULL,
    media_type text NOT NULL,
    file_name text NOT NULL,
    size_bytes bigint NOT NULL,
    sha256 BYTES NOT NULL,
    sealed BYTES NULL,
    uploaded_by ID NULL,
    created_at INSTANT NOT NULL
);
CREATE INDEX evidence_file_entity ON evidence_file(entity_id);

-- ------------------------------------------------------------------ partners
CREATE TABLE employer (
    id ID PRIMARY KEY,
    name text NOT NULL,
    name_key text NOT NULL,
    nib text NULL UNIQUE,
    wlkp text NULL,
    kbli text NULL,
    kbli_edition text NULL,
    district_code text NULL,
    address text NULL,
    phone text NULL,
    email text NULL,
    created_at INSTANT NOT NULL,
    version integer NOT NULL DEFAULT 1
);
CREATE INDEX employer_name ON employer(name_key);
CREATE TABLE employer_site (
    id ID PRIMARY KEY,
    employer_id ID NOT NULL REFERENCES employer(id),
    name text NOT NULL,
    district_code text NULL,
    address text NULL
);
CREATE INDEX employer_site_employer ON employer_site(employer_id);
CREATE TABLE partnership (
    id ID PRIMARY KEY,
    office_id ID NOT NULL REFERENCES office(id),
    employer_id ID NOT NULL REFERENCES employer(id),
    number text NULL,
    trusted boolean NOT NULL DEFAULT false,
    contact_name text NULL,
    contact_phone text NULL,
    valid_from DAY NULL,
    valid_until DAY NULL,
    checked_by ID NULL,
    checked_at INSTANT NULL,
    created_at INSTANT NOT NULL,
    version integer NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX partnership_once ON partnership(office_id, employer_id);
CREATE TABLE commitment (
    id ID PRIMARY KEY,
    office_id ID NOT NULL REFERENCES office(id),
    employer_id ID NOT NULL REFERENCES employer(id),
    number text NULL,
    signer text NULL,
    signed_on DAY NULL,
    valid_from DAY NOT NULL,
    valid_until DAY NOT NULL,
    programme_id ID NULL,
    batch_id ID NULL,
    seats integer NOT NULL CHECK (seats > 0),
    file_id ID NULL,
    created_at INSTANT NOT NULL,
    version integer NOT NULL DEFAULT 1
);
CREATE INDEX commitment_employer ON commitment(employer_id, office_id);

-- ------------------------------------------------------------------ training
CREATE TABLE programme (
    id ID PRIMARY KEY,
    office_id ID NOT NULL REFERENCES office(id),
    title text NOT NULL,
    trade text NULL,
    hours_jp integer NULL,
    method text NULL,
    training_type text NULL,
    scheme_code text NULL,
    created_at INSTANT NOT NULL,
    version integer NOT NULL DEFAULT 1
);
CREATE INDEX programme_office ON programme(office_id);
CREATE TABLE programme_unit (
    programme_id ID NOT NULL REFERENCES programme(id),
    code text NOT NULL,
    position integer NOT NULL,
    level integer NULL,
    PRIMARY KEY (programme_id, code)
);
CREATE TABLE batch (
    id ID PRIMARY KEY,
    office_id ID NOT NULL REFERENCES office(id),
    programme_id ID NOT NULL REFERENCES programme(id),
    name text NOT NULL,
    capacity integer NOT NULL,
    reserve_capacity integer NOT NULL DEFAULT 0,
    starts_on DAY NOT NULL,
    ends_on DAY NOT NULL,
    place text NULL,
    district_code text NULL,
    instructor_id ID NULL REFERENCES account(id),
    instructor_name text NULL,
    partner_id ID NULL REFERENCES employer(id),
    fund text NULL,
    cost bigint NULL,
    target_percent integer NULL,
    consent_signed_on DAY NULL,
    consent_file_id ID NULL,
    closed_at INSTANT NULL,
    created_at INSTANT NOT NULL,
    version integer NOT NULL DEFAULT 1
);
CREATE INDEX batch_programme ON batch(programme_id);
CREATE INDEX batch_office ON batch(office_id);
CREATE TABLE participant (
    id ID PRIMARY KEY,
    batch_id ID NOT NULL REFERENCES batch(id),
    graduate_id ID NOT NULL REFERENCES graduate(id),
    office_id ID NOT NULL,
    status text NOT NULL,
    reserve_rank integer NULL,
    attendance_percent integer NULL,
    result text NULL,
    assessed text NULL,
    result_on DAY NULL,
    removal_reason text NULL,
    removed_at INSTANT NULL,
    import_id ID NULL,
    created_at INSTANT NOT NULL,
    version integer NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX participant_once ON participant(batch_id, graduate_id);
CREATE INDEX participant_graduate ON participant(graduate_id);
CREATE TABLE attendance (
    participant_id ID NOT NULL REFERENCES participant(id),
    held_on DAY NOT NULL,
    mark text NOT NULL,
    recorded_by ID NULL,
    recorded_at INSTANT NOT NULL,
    PRIMARY KEY (participant_id, held_on)
);
CREATE TABLE unit_result (
    participant_id ID NOT NULL REFERENCES participant(id),
    code text NOT NULL,
    result text NOT NULL,
    recorded_at INSTANT NOT NULL,
    PRIMARY KEY (participant_id, code)
);
CREATE TABLE certificate (
    id ID PRIMARY KEY,
    person_id ID NOT NULL REFERENCES person(id),
    graduate_id ID NOT NULL REFERENCES graduate(id),
    office_id ID NOT NULL REFERENCES office(id),
    batch_id ID NULL REFERENCES batch(id),
    kind text NOT NULL,
    issuer text NOT NULL,
    number text NOT NULL,
    scheme_code text NULL,
    issued_on DAY NOT NULL,
    valid_until DAY NULL,
    status text NOT NULL,
    revoked_on DAY NULL,
    revoked_reason text NULL,
    verify_code text NOT NULL UNIQUE,
    file_id ID NULL,
    created_by ID NULL,
    created_at INSTANT NOT NULL,
    version integer NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX certificate_number ON certificate(issuer, number);
CREATE INDEX certificate_person ON certificate(person_id);
CREATE INDEX certificate_graduate ON certificate(graduate_id);
CREATE TABLE certificate_unit (
    certificate_id ID NOT NULL REFERENCES certificate(id),
    code text NOT NULL,
    written text NOT NULL,
    level integer NULL,
    PRIMARY KEY (certificate_id, code)
);
CREATE TABLE number_series (
    office_id ID NOT NULL REFERENCES office(id),
    series text NOT NULL,
    next_number integer NOT NULL,
    PRIMARY KEY (office_id, series)
);

-- ------------------------------------------------------------------ imports
CREATE TABLE import_job (
    id ID PRIMARY KEY,
    office_id ID NULL REFERENCES office(id),
    kind text NOT NULL,
    status text NOT NULL,
    file_name text NOT NULL,
    dry_run boolean NOT NULL,
    partial boolean NOT NULL,
    apply_differences boolean NOT NULL,
    batch_id ID NULL REFERENCES batch(id),
    rows_total integer NOT NULL DEFAULT 0,
    rows_done integer NOT NULL DEFAULT 0,
    rows_created integer NOT NULL DEFAULT 0,
    rows_updated integer NOT NULL DEFAULT 0,
    rows_unchanged integer NOT NULL DEFAULT 0,
    rows_rejected integer NOT NULL DEFAULT 0,
    report_sealed BYTES NULL,
    created_by ID NULL,
    created_at INSTANT NOT NULL,
    finished_at INSTANT NULL
);
CREATE INDEX import_job_office ON import_job(office_id, created_at);
CREATE TABLE import_row (
    import_id ID NOT NULL REFERENCES import_job(id),
    row_number integer NOT NULL,
    target_id ID NULL,
    outcome text NOT NULL,
    sealed BYTES NULL,
    PRIMARY KEY (import_id, row_number)
);

-- ------------------------------------------------------------------ vacancies and matching
CREATE TABLE vacancy (
    id ID PRIMARY KEY,
    office_id ID NOT NULL REFERENCES office(id),
    employer_id ID NOT NULL REFERENCES employer(id),
    commitment_id ID NULL REFERENCES commitment(id),
    title text NOT NULL,
    description text NULL,
    positions integer NOT NULL,
    filled integer NOT NULL DEFAULT 0,
    district_code text NOT NULL,
    other_districts JSON NOT NULL,
    starts_on DAY NOT NULL,
    closes_on DAY NOT NULL,
    wage_min bigint NULL,
    wage_max bigint NULL,
    wage_unit text NULL,
    contract text NULL,
    hours_per_week integer NOT NULL DEFAULT 40,
    shift text NULL,
    max_distance_km integer NULL,
    education text NULL,
    education_required boolean NOT NULL DEFAULT false,
    experience_months integer NULL,
    licences JSON NOT NULL,
    kbji text NULL,
    open_to text NOT NULL DEFAULT 'office',
    open_to_approved_by ID NULL,
    offer_approval text NOT NULL DEFAULT 'each',
    offers_per_seat integer NOT NULL DEFAULT 1,
    external_ref text NULL,
    state text NOT NULL,
    flags JSON NOT NULL,
    declared JSON NULL,
    declared_approved_by ID NULL,
    return_notes JSON NULL,
    close_reason text NULL,
    touched_at INSTANT NOT NULL,
    reminded_at INSTANT NULL,
    published_at INSTANT NULL,
    created_by ID NULL,
    created_at INSTANT NOT NULL,
    updated_at INSTANT NOT NULL,
    version integer NOT NULL DEFAULT 1,
    CHECK (positions >= 0),
    CHECK (filled >= 0 AND filled <= positions),
    CHECK (offers_per_seat BETWEEN 1 AND 50)
);
CREATE INDEX vacancy_office ON vacancy(office_id, state);
CREATE INDEX vacancy_employer ON vacancy(employer_id, state);
CREATE UNIQUE INDEX vacancy_external ON vacancy(employer_id, external_ref);
CREATE TABLE requirement (
    id ID PRIMARY KEY,
    vacancy_id ID NOT NULL REFERENCES vacancy(id),
    position integer NOT NULL,
    text text NOT NULL,
    code text NULL,
    status text NOT NULL,
    confidence integer NOT NULL DEFAULT 0,
    why text NULL,
    importance text NOT NULL,
    weight integer NOT NULL,
    min_evidence text NULL,
    min_level integer NULL,
    must_be_valid boolean NOT NULL DEFAULT true,
    confirmed_by ID NULL,
    confirmed_at INSTANT NULL
);
CREATE INDEX requirement_vacancy ON requirement(vacancy_id, position);
CREATE TABLE match_list (
    id ID PRIMARY KEY,
    vacancy_id ID NOT NULL REFERENCES vacancy(id),
    office_id ID NOT NULL REFERENCES office(id),
    as_of DAY NOT NULL,
    policy_name text NOT NULL,
    policy_revision integer NOT NULL,
    policy_body text NOT NULL,
    catalogue text NOT NULL,
    seed bigint NOT NULL,
    demand BYTES NOT NULL,
    count integer NOT NULL,
    assessable boolean NOT NULL,
    frozen_by ID NULL,
    frozen_at INSTANT NOT NULL,
    version integer NOT NULL DEFAULT 1
);
CREATE INDEX match_list_vacancy ON match_list(vacancy_id);
CREATE TABLE match_list_entry (
    list_id ID NOT NULL REFERENCES match_list(id),
    graduate_id ID NOT NULL REFERENCES graduate(id),
    rank integer NOT NULL,
    place integer NOT NULL,
    score integer NULL,
    metres bigint NULL,
    inputs_sealed BYTES NULL,
    decision text NULL,
    reason text NULL,
    reason_text text NULL,
    decided_by ID NULL,
    decided_at INSTANT NULL,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (list_id, graduate_id)
);
CREATE TABLE allocation (
    id ID PRIMARY KEY,
    office_id ID NOT NULL REFERENCES office(id),
    objective text NOT NULL,
    seed bigint NOT NULL,
    status text NOT NULL,
    progress integer NOT NULL DEFAULT 0,
    is_simulation boolean NOT NULL,
    as_of DAY NOT NULL,
    policy_name text NOT NULL,
    policy_revision integer NOT NULL,
    policy_body text NOT NULL,
    catalogue text NOT NULL,
    request JSON NOT NULL,
    result JSON NULL,
    chosen_way text NULL,
    chosen_by ID NULL REFERENCES account(id),
    chosen_at INSTANT NULL,
    created_by ID NULL,
    created_at INSTANT NOT NULL,
    finished_at INSTANT NULL,
    version integer NOT NULL DEFAULT 1
);
-- The seats of a chosen plan (place 0) and who comes next for each vacancy (place 1, 2, …).
CREATE TABLE allocation_seat (
    allocation_id ID NOT NULL REFERENCES allocation(id),
    vacancy_id ID NOT NULL REFERENCES vacancy(id),
    graduate_id ID NOT NULL REFERENCES graduate(id),
    place integer NOT NULL CHECK (place >= 0),
    score integer NULL,
    PRIMARY KEY (allocation_id, vacancy_id, graduate_id)
);
CREATE INDEX allocation_seat_of_vacancy ON allocation_seat(vacancy_id, allocation_id);
CREATE INDEX allocation_seat_of_graduate ON allocation_seat(graduate_id);
-- A partner asks for a class: so many people for such work by such a month.
CREATE TABLE class_request (
    id ID PRIMARY KEY,
    office_id ID NOT NULL REFERENCES office(id),
    employer_id ID NOT NULL REFERENCES employer(id),
    job text NOT NULL,
    kbji text NULL,
    people integer NOT NULL CHECK (people > 0),
    month DAY NOT NULL,
    note text NULL,
    state text NOT NULL,
    answer text NULL,
    answered_by ID NULL,
    answered_at INSTANT NULL,
    created_by ID NULL,
    created_at INSTANT NOT NULL,
    version integer NOT NULL DEFAULT 1
);
CREATE INDEX class_request_of_office ON class_request(office_id);
-- A class that is being thought of, what it would open, and what was decided.
CREATE TABLE class_plan (
    id ID PRIMARY KEY,
    office_id ID NOT NULL REFERENCES office(id),
    programme_id ID NOT NULL REFERENCES programme(id),
    class_request_id ID NULL REFERENCES class_request(id),
    district_code text NOT NULL,
    people integer NOT NULL CHECK (people > 0),
    ends_on DAY NOT NULL,
    as_of DAY NOT NULL,
    policy text NOT NULL,
    catalogue text NOT NULL,
    result JSON NOT NULL,
    decision text NULL,
    reason text NULL,
    decided_by ID NULL,
    decided_at INSTANT NULL,
    created_by ID NULL,
    created_at INSTANT NOT NULL,
    version integer NOT NULL DEFAULT 1
);
CREATE INDEX class_plan_of_office ON class_plan(office_id);

-- ------------------------------------------------------------------ referral, offer, placement
CREATE TABLE referral (
    id ID PRIMARY KEY,
    vacancy_id ID NOT NULL REFERENCES vacancy(id),
    graduate_id ID NOT NULL REFERENCES graduate(id),
    person_id ID NOT NULL REFERENCES person(id),
    office_id ID NOT NULL REFERENCES office(id),
    employer_id ID NOT NULL REFERENCES employer(id),
    state text NOT NULL,
    adaptation_sealed BYTES NULL,
    invited_at INSTANT NULL,
    invited_place text NULL,
    answered_channel text NULL,
    reason text NULL,
    reason_text text NULL,
    reason_shown boolean NOT NULL DEFAULT false,
    closed_by_placement ID NULL,
    state_before text NULL,
    created_by ID NULL,
    created_at INSTANT NOT NULL,
    updated_at INSTANT NOT NULL,
    version integer NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX referral_once ON referral(vacancy_id, graduate_id);
CREATE INDEX referral_person ON referral(person_id, state);
CREATE INDEX referral_employer ON referral(employer_id, state);
CREATE TABLE offer (
    id ID PRIMARY KEY,
    vacancy_id ID NOT NULL REFERENCES vacancy(id),
    graduate_id ID NOT NULL REFERENCES graduate(id),
    person_id ID NOT NULL REFERENCES person(id),
    office_id ID NOT NULL REFERENCES office(id),
    employer_id ID NOT NULL REFERENCES employer(id),
    referral_id ID NULL REFERENCES referral(id),
    state text NOT NULL,
    expires_on DAY NOT NULL,
    expires_at INSTANT NOT NULL,
    conditions text NULL,
    conditions_due DAY NULL,
    approved_by ID NULL,
    approved_at INSTANT NULL,
    sent_at INSTANT NULL,
    opened_at INSTANT NULL,
    answered_at INSTANT NULL,
    answered_channel text NULL,
    answered_by ID NULL,
    undo_until INSTANT NULL,
    reason text NULL,
    reason_text text NULL,
    reason_shown boolean NOT NULL DEFAULT false,
    handed_on_at INSTANT NULL,
    closed_by_placement ID NULL,
    state_before text NULL,
    created_by ID NULL,
    created_at INSTANT NOT NULL,
    updated_at INSTANT NOT NULL,
    version integer NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX offer_open_once ON offer(vacancy_id, graduate_id) WHERE state IN ('draft', 'sent', 'accepted');
CREATE INDEX offer_vacancy ON offer(vacancy_id, state);
CREATE INDEX offer_person ON offer(person_id, state);
CREATE INDEX offer_expiry ON offer(state, expires_at);
CREATE TABLE placement (
    id ID PRIMARY KEY,
    vacancy_id ID NOT NULL REFERENCES vacancy(id),
    graduate_id ID NOT NULL REFERENCES graduate(id),
    person_id ID NOT NULL REFERENCES person(id),
    office_id ID NOT NULL REFERENCES office(id),
    employer_id ID NOT NULL REFERENCES employer(id),
    offer_id ID NULL REFERENCES offer(id),
    commitment_id ID NULL REFERENCES commitment(id),
    state text NOT NULL,
    hours_per_week integer NOT NULL,
    starts_on DAY NOT NULL,
    started_on DAY NULL,
    wage bigint NULL,
    wage_unit text NULL,
    contract text NULL,
    kbji text NULL,
    ended_on DAY NULL,
    reason text NULL,
    reason_text text NULL,
    override_reason text NULL,
    conditions_met_at INSTANT NULL,
    created_by ID NULL,
    created_at INSTANT NOT NULL,
    updated_at INSTANT NOT NULL,
    version integer NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX placement_full_time_once ON placement(person_id)
    WHERE state IN ('planned', 'started') AND hours_per_week >= 35 AND override_reason IS NULL;
CREATE UNIQUE INDEX placement_engaged_once ON placement(vacancy_id, graduate_id) WHERE state IN ('planned', 'started');
CREATE INDEX placement_vacancy ON placement(vacancy_id, state);
CREATE INDEX placement_person ON placement(person_id, state);
CREATE INDEX placement_employer ON placement(employer_id, state);

-- ------------------------------------------------------------------ outcomes
CREATE TABLE outcome_event (
    id ID PRIMARY KEY,
    person_id ID NOT NULL REFERENCES person(id),
    graduate_id ID NOT NULL REFERENCES graduate(id),
    office_id ID NOT NULL REFERENCES office(id),
    act text NOT NULL,
    kind text NOT NULL,
    placement_id ID NULL REFERENCES placement(id),
    about_id ID NULL REFERENCES outcome_event(id),
    employer_id ID NULL REFERENCES employer(id),
    employer_name text NULL,
    commitment_id ID NULL,
    contract text NULL,
    job_text text NULL,
    kbji text NULL,
    district_code text NULL,
    hours_per_week integer NULL,
    wage bigint NULL,
    wage_unit text NULL,
    happened_on DAY NOT NULL,
    recorded_at INSTANT NOT NULL,
    source text NOT NULL,
    evidence text NOT NULL,
    recorded_by ID NULL,
    verified_by ID NULL,
    file_id ID NULL,
    reason text NULL,
    import_id ID NULL
);
CREATE INDEX outcome_event_person ON outcome_event(person_id, happened_on);
CREATE INDEX outcome_event_office ON outcome_event(office_id, recorded_at);
CREATE INDEX outcome_event_placement ON outcome_event(placement_id);
CREATE TABLE closed_period (
    id ID PRIMARY KEY,
    office_id ID NOT NULL REFERENCES office(id),
    label text NOT NULL,
    query JSON NOT NULL,
    report JSON NOT NULL,
    hash BYTES NOT NULL,
    closed_by ID NULL,
    closed_at INSTANT NOT NULL
);
CREATE UNIQUE INDEX closed_period_once ON closed_period(office_id, label);
CREATE TABLE follow_up (
    id ID PRIMARY KEY,
    office_id ID NOT NULL REFERENCES office(id),
    participant_id ID NOT NULL REFERENCES participant(id),
    graduate_id ID NOT NULL REFERENCES graduate(id),
    day_number integer NOT NULL,
    due_on DAY NOT NULL,
    state text NOT NULL,
    attempts JSON NOT NULL,
    done_at INSTANT NULL
);
CREATE UNIQUE INDEX follow_up_once ON follow_up(participant_id, day_number);
CREATE INDEX follow_up_due ON follow_up(office_id, state, due_on);
