// Tasks of clerks, the list of forms and what people think of the public pages over HTTP.
import type { App } from '@einmal-pin/platform/http/app'
import { FeedbackReport } from '@einmal-pin/wire/feedback'
import { FormList, TaskList } from '@einmal-pin/wire/office-api'
import { strict } from '@einmal-pin/wire/primitives'
import { OFFICE } from '@einmal-pin/wire/routes'
import { Type } from 'typebox'
import { reportFeedback } from '../feedback-report.ts'
import type { Office } from '../office.ts'
import { closeTask, listTasks } from '../tasks.ts'
import { actorOf } from './credentials.ts'

const params = Type.Object({ taskId: Type.String({ pattern: '^[A-Za-z0-9_-]{22}$' }) }, strict)

export function taskRoutes(app: App, office: Office): void {
  const tags = ['tasks']
  const db = office.database.kysely
  app.get(OFFICE.tasks.path, { schema: { tags, response: { 200: TaskList } } }, () => listTasks(db))
  app.post(
    OFFICE.closeTask.path,
    { schema: { params, tags, response: { 200: TaskList } } },
    async (request) => {
      await closeTask(office, request.params.taskId, actorOf(request))
      return listTasks(db)
    },
  )
  app.get(
    OFFICE.feedback.path,
    { schema: { tags: ['feedback'], response: { 200: FeedbackReport } } },
    () => reportFeedback(db),
  )
  app.get(
    OFFICE.forms.path,
    { schema: { tags: ['forms'], response: { 200: FormList } } },
    async (): Promise<FormList> => ({
      forms: (await office.forms.current()).all.map(({ definition }) => ({
        formId: definition.id,
        version: definition.version,
        title: definition.title.de,
      })),
    }),
  )
}
