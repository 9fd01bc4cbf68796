// What happened to a case, in the clerk's words; an event without a text shows its own name.

const EVENT_LABELS: Readonly<Record<string, string>> = {
  'case.opened': 'Vorgang angelegt',
  'case.revoked': 'widerrufen',
  'case.answeredOnPaper': 'auf Papier beantwortet',
  'case.expired': 'abgelaufen',
  'card.changed': 'Karte geändert',
  'letter.ordered': 'neuer Brief bestellt',
  'letter.made': 'Brief erstellt',
  'letter.published': 'PIN am Portal hinterlegt',
  'letter.refused': 'Brief konnte nicht erstellt werden',
  'letter.withdrawn': 'Brief zurückgezogen',
  'letter.handedOver': 'Brief an das Druckzentrum übergeben',
  'letter.printed': 'Brief gedruckt',
  'letter.spoiled': 'Brief beim Druck verdorben, neue PIN bestellt',
  'letter.stopOrdered': 'Brief im Druckzentrum gestoppt',
  'letter.stopped': 'Brief vom Druckzentrum vernichtet',
  'letter.returned': 'Brief zurückgekommen, PIN gesperrt',
  'reminder.ordered': 'Erinnerung bestellt',
  'reminder.made': 'Erinnerung erstellt',
  'pin.extended': 'Frist neu gesetzt',
  'letter.posted': 'Brief aufgegeben',
  'secret.unwrapped': 'Schlüssel des Vorgangs geöffnet',
  'secret.rewrapped': 'Schlüssel des Vorgangs für die neue PIN verpackt',
  'pin.requestedOnline': 'neue PIN online bestellt',
  'pin.requestRefused': 'Online-Bestellung einer PIN nicht ausgeführt',
  'login.first': 'erste Anmeldung',
  'activity.last': 'zuletzt aktiv',
  'pin.locked': 'PIN gesperrt',
  'pin.expired': 'PIN abgelaufen',
  'pin.switched': 'mit der neuen PIN angemeldet',
  'submission.received': 'geprüft gespeichert und bestätigt',
  'submission.quarantined': 'in Quarantäne',
  'submission.read': 'Einsendung angesehen',
  'submission.assigned': 'zugewiesen',
  'submission.accepted': 'angenommen',
  'submission.exported': 'ausgegeben',
  'document.read': 'Dokument geöffnet',
}

const ACTOR_LABELS: Readonly<Record<string, string>> = {
  cli: 'Kommandozeile',
  office: 'Büro',
  courier: 'Kurier',
  portal: 'Portal',
  'print-centre': 'Druckzentrum',
  'core-system': 'Bestandssystem',
}

export const eventLabel = (event: string): string => EVENT_LABELS[event] ?? event
export const actorLabel = (actor: string): string => ACTOR_LABELS[actor] ?? actor
