/** The templates that the simulated KakaoTalk has approved, and the settings name. */
export const PF_ID = 'PF01SIMULATED'
export const TEMPLATES = {
  notice: {
    ko: { id: 'KA01TP_NOTICE_KO', text: '[#{기관}]\n#{제목}\n\n자세한 내용은 아래 주소에서 확인하세요.\n#{주소}' },
    en: { id: 'KA01TP_NOTICE_EN', text: '[#{기관}]\n#{제목}\n\nSee the details at the address below.\n#{주소}' },
  },
  reminder: {
    ko: { id: 'KA01TP_REMINDER_KO', text: '[#{기관}]\n#{제목}\n\n아직 확인하지 않으셨다면 아래 주소를 열어 보세요.\n#{주소}' },
  },
} as const
