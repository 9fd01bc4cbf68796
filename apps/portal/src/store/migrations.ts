// The portal's schema, step by step; names that were released never change.
import type { Migrations } from '@einmal-pin/platform/migrations'
import { type Kysely, sql } from 'kysely'

const CASES = [
  `create table portal_state (
    singleton boolean primary key default true check (singleton),
    applied_commands bigint not null default 0,
    logins_open boolean not null default true
  )`,
  `insert into portal_state default values`,
  `create table cases (
    case_id text primary key,
    state text not null check (state in ('open', 'submitted', 'received', 'quarantined', 'expired', 'locked', 'superseded', 'revoked')),
    round int not null,
    last_day date not null,
    expires_at timestamptz not null,
    command_number int not null,
    command_digest text not null
  )`,
  // What can open a case exists exactly as long as its PIN lives.
  `create table pins (
    case_id text not null references cases on delete cascade,
    round int not null,
    identity text not null unique,
    second_factors text[] not null,
    opaque_record text not null,
    wrapped_secret text,
    package bytea,
    publication int not null,
    state text not null default 'live'
      check (state in ('live', 'spent', 'expired', 'superseded', 'locked', 'revoked')),
    letter_date date not null,
    last_day date not null,
    expires_at timestamptz not null,
    first_login_day date,
    second_factor_failures int not null default 0,
    second_factor_not_before timestamptz not null default 'epoch',
    primary key (case_id, round),
    check ((state = 'live') = (wrapped_secret is not null)),
    check ((state = 'live') = (package is not null))
  )`,
  `create index pins_expiring on pins (expires_at) where state = 'live'`,
  `create index pins_tombstones on pins (last_day)`,
]

const LOGIN = [
  `create table sessions (
    token_sha256 text primary key,
    case_id text not null references cases on delete cascade,
    round int not null,
    scope text not null default 'case' check (scope in ('case', 'receipt')),
    resume_key text,
    idle_expires_at timestamptz not null,
    absolute_expires_at timestamptz not null
  )`,
  `create index sessions_of_case on sessions (case_id)`,
  `create table network_attempts (
    identity text not null,
    network text not null,
    failures int not null,
    not_before timestamptz not null,
    last_failure_at timestamptz not null,
    primary key (identity, network)
  )`,
  `create table total_attempts (
    identity text primary key,
    failures int not null,
    last_failure_at timestamptz not null
  )`,
  // Unlogged: worth a minute and nothing after a crash of the server, so they cost no write-ahead log.
  `create unlogged table login_states (
    login_id text primary key,
    identity text not null,
    network text not null,
    server_state text not null,
    attempt int not null,
    not_before timestamptz not null,
    expires_at timestamptz not null
  )`,
  `create unlogged table network_budgets (
    network text not null,
    purpose text not null,
    tokens double precision not null,
    refilled_at timestamptz not null,
    primary key (network, purpose)
  )`,
]

const WORK = [
  `create table drafts (
    case_id text primary key references cases on delete cascade,
    round int not null,
    revision int not null,
    etag text not null,
    bytes bytea not null,
    saved_at timestamptz not null
  )`,
  // Sealed bytes do not compress; plain storage saves the attempt.
  `alter table drafts alter column bytes set storage external`,
  `alter table pins alter column package set storage external`,
  `create table documents (
    case_id text not null references cases on delete cascade,
    document_id text not null,
    size bigint not null,
    part_size int not null,
    sha256 text not null,
    metadata text not null,
    complete boolean not null default false,
    created_at timestamptz not null,
    primary key (case_id, document_id)
  )`,
  `create table parts (
    case_id text not null,
    document_id text not null,
    part int not null,
    sha256 text not null,
    size int not null,
    blob_key text not null unique,
    received_at timestamptz not null,
    primary key (case_id, document_id, part),
    foreign key (case_id, document_id) references documents on delete cascade
  )`,
  `create table submissions (
    case_id text primary key references cases on delete cascade,
    round int not null,
    idempotency_key text not null,
    receipt jsonb not null,
    receipt_number text not null unique,
    received_at timestamptz not null,
    manifest bytea,
    answers bytea,
    answers_sha256 text not null,
    acknowledgement text,
    acknowledged_at timestamptz
  )`,
]

const LINK = [
  `create table activity (
    case_id text primary key references cases on delete cascade,
    day date not null,
    documents int not null
  )`,
  // No reference to cases: a fact outlives the tombstone until the office has it.
  `create table outbox (
    id text primary key,
    case_id text not null,
    round int not null,
    type text not null check (type in ('firstLogin', 'activity', 'switched', 'submitted', 'locked', 'expired')),
    day date,
    documents int,
    receipt jsonb
  )`,
  `create table nonces (
    key_id text not null,
    nonce text not null,
    expires_at timestamptz not null,
    primary key (key_id, nonce)
  )`,
  `create table pin_requests (
    id text primary key,
    sealed text not null,
    received_at timestamptz not null
  )`,
]

const ORDER_OF_FACTS = [
  `alter table outbox add column number bigint not null generated by default as identity`,
  `create index outbox_number on outbox (number)`,
]

const FEEDBACK = [
  // Counters: nobody is in them.
  `create table feedback (
    day date not null,
    page text not null,
    language text not null,
    helpful text not null,
    count int not null,
    primary key (day, page, language, helpful)
  )`,
]

export const MIGRATIONS: Migrations = {
  '0001-cases': { up: (db) => runAll(db, CASES) },
  '0002-login': { up: (db) => runAll(db, LOGIN) },
  '0003-work': { up: (db) => runAll(db, WORK) },
  '0004-link': { up: (db) => runAll(db, LINK) },
  '0005-order-of-facts': { up: (db) => runAll(db, ORDER_OF_FACTS) },
  '0006-feedback': { up: (db) => runAll(db, FEEDBACK) },
}

async function runAll<S>(db: Kysely<S>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
