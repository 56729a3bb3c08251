import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../../shared/errors/appError'
import { writeBeside } from '../../engine/model/durableFile'
import { messageOf } from '../../engine/model/messageOf'
import { teachingJobSchema, type TeachingJob } from './teachingJob'

/** In the new model's folder, until it is there: the job, and what was done of it. */
export const workFolderOf = (folder: string): string => join(folder, 'teaching')
const jobFile = (folder: string): string => join(workFolderOf(folder), 'job.json')

/**
 * Keeps a job that begins, and holds one that goes on against what it began with.
 * @param job one whose fingerprint is empty begins
 * @throws AppError 'data-changed' where it began with other samples, 'file-unwritable'
 */
export async function keepJob(folder: string, job: TeachingJob, fingerprint: string): Promise<void> {
  if (job.fingerprint === '') await writeJob(folder, { ...job, fingerprint })
  else if (job.fingerprint !== fingerprint) throw new AppError('data-changed', { data: job.data, folder })
}

async function writeJob(folder: string, job: TeachingJob): Promise<void> {
  try {
    await mkdir(workFolderOf(folder), { recursive: true })
    const moveToPlace = await writeBeside(jobFile(folder), JSON.stringify(job))
    await moveToPlace()
  } catch (error) {
    throw new AppError('file-unwritable', { file: folder, detail: messageOf(error) }, { cause: error })
  }
}

/** @throws AppError 'checkpoint-missing', 'checkpoint-broken' */
export async function readJob(folder: string): Promise<TeachingJob> {
  const text = await readFile(jobFile(folder), 'utf8').catch((error: unknown) => {
    throw new AppError('checkpoint-missing', { folder }, { cause: error })
  })
  try {
    return teachingJobSchema.parse(JSON.parse(text))
  } catch (error) {
    throw new AppError('checkpoint-broken', { folder, detail: messageOf(error) }, { cause: error })
  }
}

/** What cannot be taken away costs nothing but space. */
export async function clearWork(folder: string): Promise<void> {
  await rm(workFolderOf(folder), { recursive: true, force: true }).catch(() => undefined)
}
