// The office's database schema in code; released migrations never change, new ones are added at the end.
import type { Migrations } from '@einmal-pin/platform/migrations'
import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const statements = (...texts: readonly string[]): Migration => ({
  up: async (db) => {
    for (const text of texts) await sql.raw(text).execute(db)
  },
})

const CASES = `
  create table form_versions (
    form_sha256 text primary key, form_id text not null, version text not null, title text not null,
    definition jsonb not null
  );
  create table cases (
    case_id text primary key, case_ref text not null constraint cases_case_ref unique,
    form_sha256 text not null references form_versions,
    kvnr text not null, card_suffix text, previous_card_suffix text, second_factor text not null,
    birth_date text not null, salutation text not null, first_name text not null, last_name text not null,
    care_of text not null, street text not null, house_number text not null, postcode text not null,
    city text not null, country text not null, letter_variant text not null,
    recipient_name text not null, recipient_role text not null, prefill jsonb not null,
    state text not null, data_key_wrap text, address_changed_on date,
    last_command integer not null default 0,
    created_at timestamptz not null, created_by text not null, closed_reason text
  );
  create index cases_kvnr on cases (kvnr);
  create index cases_created on cases (created_at desc, case_id desc);
  create index cases_name on cases (lower(last_name), lower(first_name));
  create table rounds (
    case_id text not null references cases, round integer not null, letter_id text not null unique,
    reissue text not null, pin_state text not null, letter_state text not null,
    letter_date date not null, last_day date not null, expires_at timestamptz not null,
    kek_wrap text, made_on date not null, printed_on date, posted_on date,
    first_login_on date, last_activity_on date, documents integer not null default 0,
    primary key (case_id, round)
  );
  create table selectors (
    kvnr text not null, selector char(2) not null, case_id text not null, round integer not null,
    constraint selectors_person primary key (kvnr, selector)
  );`

// One order per case may wait or be on its way to the portal; a second click makes no second letter.
const LETTERS = `
  create table print_runs (
    run_id text primary key, state text not null, created_at timestamptz not null, created_by text not null
  );
  create table bundles (
    bundle_id text primary key, state text not null, created_at timestamptz not null
  );
  create table letter_orders (
    order_id text primary key, case_id text not null references cases, reissue text not null,
    state text not null, run_id text references print_runs, round integer, letter_id text,
    bundle_id text references bundles, code text, ordered_at timestamptz not null, ordered_by text not null
  );
  create unique index letter_orders_pending on letter_orders (case_id)
    where state in ('waiting', 'making', 'made');
  create index letter_orders_state on letter_orders (state);
  create index letter_orders_run on letter_orders (run_id);
  create table sealed_letters (
    letter_id text primary key, sealed bytea not null, sha256 text not null, pages integer not null
  );
  create table commands (
    case_id text not null references cases, number integer not null, type text not null, round integer,
    body text, state text not null, attempts integer not null default 0,
    not_before timestamptz not null, code text, primary key (case_id, number)
  );
  create index commands_pending on commands (not_before) where state = 'pending';`

const INTAKE = `
  create table submissions (
    case_id text primary key references cases, round integer not null, receipt jsonb not null,
    receipt_number text not null unique, submitted_at timestamptz not null, manifest_sha256 text not null,
    state text not null, acknowledgement text, acknowledged_at timestamptz, assigned_to text, sealed_content bytea,
    documents integer not null, changes integer not null, deviations integer not null,
    received_at timestamptz not null
  );
  create table tasks (
    task_id text primary key, kind text not null, case_id text references cases, code text not null,
    state text not null, created_at timestamptz not null, closed_by text
  );
  create unique index tasks_open on tasks (kind, case_id, code) where state = 'open';
  create table pin_requests (
    request_id text primary key, case_id text references cases, received_at timestamptz not null,
    outcome text not null
  );
  create index pin_requests_case on pin_requests (case_id, received_at);
  create table facts (fact_id text primary key, applied_at timestamptz not null);
  create table staff_sessions (
    token_hash text primary key, name text not null, expires_at timestamptz not null
  );`

const AUDIT = `
  create table audit (
    seq bigint generated always as identity primary key, at timestamptz not null, actor text not null,
    action text not null, subject text not null, round integer, detail jsonb not null
  );
  create index audit_subject on audit (subject, seq);
  create function audit_is_append_only() returns trigger language plpgsql as
    $$ begin raise exception 'the audit trail is append-only'; end $$;
  create trigger audit_append_only before update or delete or truncate on audit
    for each statement execute function audit_is_append_only();`

// Counters fetched from the portal: nobody is in them.
const FEEDBACK = `
  create table feedback (
    day date not null, page text not null, language text not null, helpful text not null,
    count integer not null, primary key (day, page, language, helpful)
  );`

// What was published under a version never changes, also when two cases are opened at the same moment.
const FORM_VERSIONS = `
  create unique index form_versions_version on form_versions (form_id, version);`

// A run is checked as a whole before anything of it leaves; its bundles count on from each other.
const PRINT_RUNS = `
  alter table print_runs add auto_release boolean not null default true, add code text,
    add letters integer not null default 0;
  update print_runs r set letters = (select count(*) from letter_orders o where o.run_id = r.run_id);
  update print_runs set state = 'making' where state = 'running';
  update print_runs set state = 'stopped' where state = 'failed';
  create index print_runs_created on print_runs (created_at desc);
  alter table letter_orders add kind text not null default 'pin', add seq integer,
    add verdict text, add sampled boolean not null default false, add stopped boolean not null default false;
  drop index letter_orders_pending;
  create unique index letter_orders_pending on letter_orders (case_id, kind)
    where state in ('waiting', 'making', 'made');
  create index letter_orders_making on letter_orders (run_id, order_id) where state = 'making';
  create index letter_orders_letter on letter_orders (letter_id);
  create index letter_orders_bundle on letter_orders (bundle_id);
  create index letter_orders_case on letter_orders (case_id);
  alter table bundles add run_id text references print_runs;
  alter table rounds add reminded_on date;
  create index rounds_reminders on rounds (letter_date) where pin_state = 'live' and reminded_on is null;`

// Nobody can be the second person of an own request, whatever the application does.
const SECOND_PERSON = `
  create table reissue_requests (
    request_id text primary key, case_id text not null references cases, reason text not null,
    requested_by text not null, requested_at timestamptz not null,
    approved_by text, approved_at timestamptz, check (approved_by <> requested_by)
  );
  create unique index reissue_requests_open on reissue_requests (case_id) where approved_by is null;`

// Where in the letters folder the fault lies for which a run waits.
const RUN_PLACES = 'alter table print_runs add place text'

const LETTER_RECORDS = `
  create table letter_records (
    letter_id text primary key, case_id text not null references cases, record jsonb not null
  );
  create index letter_records_case on letter_records (case_id);`

export const OFFICE_MIGRATIONS: Migrations = {
  '0001-cases': statements(CASES),
  '0002-letters': statements(LETTERS),
  '0003-intake': statements(INTAKE),
  '0004-audit': statements(AUDIT),
  '0005-feedback': statements(FEEDBACK),
  '0006-form-versions': statements(FORM_VERSIONS),
  '0007-print-runs': statements(PRINT_RUNS),
  '0008-second-person': statements(SECOND_PERSON),
  '0009-run-places': statements(RUN_PLACES),
  '0010-letter-records': statements(LETTER_RECORDS),
}
