package chain

import "fmt"

// Limits on the work of one Build. Hostile input can hold certificates that all
// seem to have issued each other; these bounds keep the answer a matter of
// milliseconds natively and of a second or two in a browser. They are far above
// anything that real chains need: a path of the Web PKI has 2 to 5 certificates.
const (
	maxSignatures  = 400     // signature checks
	maxSteps       = 4000    // partial paths looked at
	maxPaths       = 32      // paths reported
	maxLength      = 20      // certificates in a path
	maxComparisons = 1 << 20 // comparisons of a name with a name constraint
)

// A budget counts the work down.
type budget struct {
	signatures, steps, comparisons int
	note                           string
}

func newBudget() *budget {
	return &budget{signatures: maxSignatures, steps: maxSteps, comparisons: maxComparisons}
}

// spend takes n from a counter; false says that it is used up.
func (b *budget) spend(counter *int, n int, format string, limit int) bool {
	if *counter < n {
		b.say(fmt.Sprintf(format, limit))
		return false
	}
	*counter -= n
	return true
}

// say keeps the first reason why the search ended early.
func (b *budget) say(note string) {
	if b.note == "" {
		b.note = note
	}
}

func (b *budget) signature() bool {
	return b.spend(&b.signatures, 1, "The search for paths stopped after %d signature checks.", maxSignatures)
}

func (b *budget) step() bool {
	return b.spend(&b.steps, 1, "The search for paths stopped after %d steps.", maxSteps)
}
