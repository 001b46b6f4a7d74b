import type { ChannelModule } from '../../../domain/ports/adapter.ts'
import { createPaperChannel } from './channel.ts'
import { parseSettings } from './settings.ts'

export const adapter: ChannelModule = {
  kind: 'channel',
  name: 'paper',
  description: 'Letters: print-ready PDF in a spool folder, closed into batches for a print house that sends status files back.',
  settings: {
    PAPER_SPOOL_DIR: {
      description: 'Full path of the folder in which letters wait and batches are closed. All workers share it.',
      secret: false,
      required: true,
    },
    PAPER_STATUS_SECRET: {
      description:
        'Base64 of 24 to 64 bytes that the print house signs its status files with (Standard Webhooks); while it is changed the new and the old one, parted by a comma.',
      secret: true,
      required: true,
    },
    PAPER_CUTOFF: {
      description: 'When waiting letters are closed into a batch: "18:00 Asia/Seoul" every day, or PT1H every full hour. PT1H without it.',
      secret: false,
      required: false,
    },
    PAPER_POSTAGE: {
      description: 'How notices travel: registered or ordinary. Registered without it; reminders are ordinary letters.',
      secret: false,
      required: false,
    },
    PAPER_RATES: {
      description:
        'Prices as JSON: {"currency":"KRW","page":"45","ordinary":"430","registered":"2830"}. Without it the policy names the cost.',
      secret: false,
      required: false,
    },
    PAPER_SENDER: {
      description: 'The line above the addressee in the window: where a letter goes that cannot be delivered.',
      secret: false,
      required: false,
    },
  },
  create: (settings) => createPaperChannel(parseSettings(settings)),
}
