import { oc } from '@orpc/contract'
import { z } from 'zod'
import { formReadingRequestSchema, formReadingSchema } from '../recognition/form/formReading'
import { pageReadingRequestSchema, pageReadingSchema } from '../recognition/page/pageReading'
import {
  characterSampleSchema,
  cutPageSchema,
  mostBoxes,
  pageBoxSchema,
  pictureBytesSchema,
  sheetRequestSchema,
} from './pages'
import { searchablePdfRequestSchema } from './searchablePdf'

const fileName = z.string().max(4096)

/** Pages of handwriting, and the characters on them. */
export const pageRoutes = {
  /**
   * Straightens a photo or scan of a page and finds the characters on it. `file` names it in errors.
   * A printed sheet that was filled in is known by its markers. Refuses with 'picture-blank' where there is no ink.
   */
  cut: oc
    .input(
      z.object({
        picture: pictureBytesSchema,
        file: fileName,
        /** Turns the picture clockwise first, by so many right angles. */
        quarterTurns: z.int().min(0).max(3).default(0),
        /** Takes nothing but a sheet: refuses any other page with 'sheet-missing'. */
        sheet: z.boolean().default(false),
      }),
    )
    .output(cutPageSchema),
  /**
   * Reads a photo, a scan or a picture of one line: straightens it, finds its lines and characters, and decodes each line.
   * Refuses with 'picture-blank' where nothing is written.
   */
  read: oc
    .input(
      pageReadingRequestSchema.extend({
        /** The active model where it is left out. */
        model: z.string().min(1).max(4096).optional(),
      }),
    )
    .output(pageReadingSchema),
  /**
   * Reads a form that was filled in: lays the form's page over the picture and reads each of its fields as one line.
   * Refuses with 'form-unmatched' where the form's markers are not on the picture.
   */
  readForm: oc
    .input(
      formReadingRequestSchema.extend({
        /** The active model where it is left out. */
        model: z.string().min(1).max(4096).optional(),
      }),
    )
    .output(formReadingSchema),
  /** Pages that were read, as a PDF that shows their pictures and can be searched. */
  searchablePdf: oc.input(searchablePdfRequestSchema).output(z.object({ pdf: z.instanceof(Uint8Array) })),
  /** Sheets to print and to fill in by pen, as a PDF. `cut` finds what was written on them. */
  sheet: oc
    .input(sheetRequestSchema)
    .output(z.object({ pdf: z.instanceof(Uint8Array), pages: z.int().min(1) })),
  /** What is in boxes of a page that `cut` gave, one for each, in their order. */
  samples: oc
    .input(
      z.object({
        page: pictureBytesSchema,
        boxes: z.array(pageBoxSchema).max(mostBoxes),
        /** Whose recipe the rasters are made by; the active model's where it is left out. */
        model: z.string().min(1).max(4096).optional(),
      }),
    )
    .output(z.array(characterSampleSchema)),
}
