// What happened to a case, in the clerk's words; an event without a text shows its own name.

const EVENT_LABELS: Readonly<Record<string, string>> = {
  opened: 'Vorgang angelegt',
  letterMade: 'Brief erstellt',
  published: 'PIN am Portal hinterlegt',
  handedOver: 'Brief an das Druckzentrum übergeben',
  printed: 'Brief gedruckt',
  posted: 'Brief aufgegeben',
  withdrawn: 'Brief zurückgezogen',
  firstLogin: 'erste Anmeldung',
  activity: 'zuletzt aktiv',
  switched: 'mit der neuen PIN angemeldet',
  reissued: 'neue PIN bestellt',
  pinRequested: 'neue PIN online bestellt',
  cardChanged: 'Karte geändert',
  revoked: 'widerrufen',
  answeredOnPaper: 'auf Papier beantwortet',
  expired: 'abgelaufen',
  locked: 'gesperrt',
  submitted: 'abgeschickt',
  received: 'geprüft gespeichert und bestätigt',
  quarantined: 'in Quarantäne',
  opened_submission: 'Einsendung angesehen',
  assigned: 'zugewiesen',
  accepted: 'angenommen',
  exported: 'ausgegeben',
}

export const eventLabel = (event: string): string => EVENT_LABELS[event] ?? event
