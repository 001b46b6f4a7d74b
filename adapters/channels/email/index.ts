import type { ChannelModule } from '../../../domain/ports/adapter.ts'
import { createEmailChannel } from './channel.ts'
import { parseSettings } from './settings.ts'

export const adapter: ChannelModule = {
  kind: 'channel',
  name: 'email',
  description: "Mail through the operator's own SMTP server.",
  settings: {
    EMAIL_SMTP_URL: {
      description: 'smtp://user:password@host:587 or smtps://host:465; add ?requireTLS=true to refuse servers without STARTTLS.',
      secret: true,
      required: true,
    },
    EMAIL_FROM: {
      description: 'The address that notices come from. Its domain is part of every Message-ID.',
      secret: false,
      required: true,
    },
  },
  create: (settings) => createEmailChannel(parseSettings(settings)),
}
