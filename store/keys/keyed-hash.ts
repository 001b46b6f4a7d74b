import { createHmac } from 'node:crypto'

/**
 * HMAC-SHA-256 under the deployment's pepper, for long random secrets and for identifiers that must be found again but
 * never read. A purpose keeps a hash of one kind from standing for another.
 */
export const keyedHash = (pepper: string, purpose: 'apiKey' | 'citizen' | 'code' | 'session' | 'network', text: string): Buffer =>
  createHmac('sha256', pepper).update(`${purpose}\n${text}`).digest()
