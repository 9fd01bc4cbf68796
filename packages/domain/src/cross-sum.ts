// The sum behind the check digits of Versichertennummer and Institutionskennzeichen.

/** Sum over digit x weight, where a product above 9 counts as the sum of its own digits (weights 1 and 2). */
export function crossSumOfProducts(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, at) => {
    const product = Number(digits[at]) * weight
    return sum + (product > 9 ? product - 9 : product)
  }, 0)
}
