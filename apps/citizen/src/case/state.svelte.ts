// The open case on screen: what the pages show. Changed only by the modules of this folder and of documents/.
import { BERLIN, type CalendarDate, calendarDateIn } from '@einmal-pin/domain/calendar-date'
import type { Answers } from '@einmal-pin/domain/form/answers'
import type { FormDefinition, Locale, Parameter } from '@einmal-pin/domain/form/definition'
import { evaluateForm } from '@einmal-pin/domain/form/evaluate'
import type { FormContext, FormView } from '@einmal-pin/domain/form/view'
import type { DocumentMeta } from '@einmal-pin/vault/manifest'
import type { SessionState } from '@einmal-pin/wire/case-session'
import type { Failure } from '@einmal-pin/wire/http-client'
import type { Place } from '../vault-worker/protocol.ts'

export type Phase =
  /** Not known yet whether there is a case in this tab. */
  | 'opening'
  /** Nobody is logged in here. */
  | 'closed'
  | 'open'
  /** The session is over; what is on screen waits for a login in place. */
  | 'paused'
  | 'submitted'
  /** The case is over for this PIN; `reason` says why. */
  | 'gone'
  /** It could not be opened; `reason` says why, trying again may help. */
  | 'failed'

export type Reason = Failure['code'] | 'case.tampered'

export type SaveState = 'saved' | 'dirty' | 'saving' | 'offline' | 'failed'

export interface CasePackage {
  readonly form: FormDefinition
  readonly formSha256: string
  readonly prefill: Answers
  readonly parameters?: readonly Parameter[]
  readonly letter: {
    readonly caseRef: string
    readonly letterDate: string
    readonly lastDay: string
  }
}

/** What is sealed as the draft. `removed` keeps a document from coming back before its deletion is through. */
export interface DraftBody {
  readonly answers: Answers
  readonly documents: readonly DocumentMeta[]
  readonly removed: readonly string[]
  readonly visited: readonly string[]
  readonly locale: Locale
  readonly savedBy: string
}

export interface RemoteDraft {
  /** 0 and null while nothing was ever saved. */
  readonly revision: number
  readonly etag: string | null
  readonly savedAt: string | null
}

export const NO_DRAFT: RemoteDraft = { revision: 0, etag: null, savedAt: null }

class CaseState {
  phase = $state<Phase>('opening')
  /** A form without a case, at the office: nothing is saved, sealed or sent. */
  preview = $state(false)
  reason = $state<Reason | undefined>()
  place = $state.raw<Place | undefined>()
  session = $state.raw<SessionState | undefined>()
  /** Server's clock minus this device's, milliseconds. */
  clockSkew = $state(0)
  contents = $state.raw<CasePackage | undefined>()
  answers = $state.raw<Answers>({})
  documents = $state.raw<readonly DocumentMeta[]>([])
  removed = $state.raw<readonly string[]>([])
  visited = $state.raw<readonly string[]>([])
  saving = $state<SaveState>('saved')
  remote = $state.raw<RemoteDraft>(NO_DRAFT)
  /** Paths where this device's answer replaced another device's. */
  overwritten = $state.raw<readonly string[]>([])
  /** Seconds until the session ends; undefined while there is plenty. */
  endsIn = $state<number | undefined>()

  get today(): CalendarDate {
    return calendarDateIn(BERLIN, new Date(Date.now() + this.clockSkew))
  }

  readonly context: FormContext = $derived({
    today: this.today,
    prefill: this.contents?.prefill ?? {},
    visited: this.visited,
    ...(this.contents?.parameters && { parameters: this.contents.parameters }),
  })

  readonly view: FormView | undefined = $derived(
    this.contents && evaluateForm(this.contents.form, this.answers, this.context),
  )
}

export const caseState = new CaseState()

/** Empties everything on screen and in memory; the next phase says what is shown instead. */
export function clearState(phase: Phase, reason?: Reason): void {
  const state = caseState
  state.phase = phase
  state.reason = reason
  state.place = undefined
  state.session = undefined
  state.contents = undefined
  state.answers = {}
  state.documents = []
  state.removed = []
  state.visited = []
  state.saving = 'saved'
  state.remote = NO_DRAFT
  state.overwritten = []
  state.endsIn = undefined
}
