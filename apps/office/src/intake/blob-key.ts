// Where a blob of a submission lies in blob store B: one group a case, so that a case is erased as a whole.
export const blobKey = (caseId: string, round: number, blobId: string): string =>
  `${caseId}/${round}/${blobId}`
