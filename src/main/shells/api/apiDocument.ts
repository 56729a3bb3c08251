import { OpenAPIGenerator } from '@orpc/openapi'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import { z } from 'zod'
import { publicContract } from '../../../shared/contract/publicContract'

/** What every refusal looks like; httpErrors.ts makes it. */
const errorSchema = z.object({
  error: z.object({
    code: z.string().describe('One of a fixed list, to decide by.'),
    message: z.string().describe('What is wrong.'),
    action: z.string().describe('What to do about it.'),
  }),
})

/** The OpenAPI 3.1 document of the local API, made of its contract. */
export async function createApiDocument(version: string, url: string) {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] })
  const document = await generator.generate(publicContract, {
    info: {
      title: 'Longhand',
      version,
      description:
        'Reads handwriting on this machine. Off until it is switched on in Settings or with `longhand api on`; every call needs the ' +
        'token of a program.',
    },
    servers: [{ url }],
    security: [{ token: [] }],
    commonSchemas: { Error: { schema: errorSchema } },
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      responses: {
        Error: {
          description: 'Why it was not done.',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
        },
      },
    },
  })
  for (const path of Object.values(document.paths ?? {})) {
    for (const operation of [path?.get, path?.post]) {
      if (!operation) continue
      operation.responses = { ...operation.responses, default: { $ref: '#/components/responses/Error' } }
      // Beside a file's own types the generator names JSON too, as a schema that nothing fits.
      const body = operation.requestBody
      if (body && 'content' in body && 'image/png' in body.content) delete body.content['application/json']
    }
  }
  return document
}
