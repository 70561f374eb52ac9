package main

import "strings"

// fieldParts are the parts of the function that decodes one ASN.1 value by the
// type it goes into, which become functions of their own: where each begins, and
// the line after it.
var fieldParts = [][2]string{
	{"\tif ifaceType := fieldType; ifaceType.Kind() == reflect.Interface && ifaceType.NumMethod() == 0 {\n",
		"\t}\n\n\tt, offset, err := parseTagAndLength("},
	{"\tcase reflect.Struct:\n", "\tcase reflect.Slice:\n"},
	{"\tcase reflect.Slice:\n", "\tcase reflect.String:\n"},
	{"\tcase reflect.String:\n", "\t}\n\terr = StructuralError{\"unsupported: \""},
}

// fieldBranches are parts of it that may or may not return.
var fieldBranches = [][2]string{
	{"\tif params.explicit {\n", "\n\tmatchAny, universalTag, compoundType, ok1 := "},
	{"\t// We deal with the structures defined in this package first.\n", "\tswitch val := v; val.Kind() {\n"},
}

// divideField divides that function, of which the standard library has one and
// zcrypto another, nearly the same. Undivided, each of its 22 kB of code runs for
// every field of a certificate as far as V8 can tell, and is optimized after the
// first certificate. The parts set its results.
func divideField(source string) string {
	before, function, found := strings.Cut(source, "\nfunc parseField(")
	for _, part := range fieldParts {
		function = replaceBetween(function, part[0], part[1], func(body string) string {
			return part[0] + "\t\tfunc() {\n" + body + "\t\t}()\n\t\treturn\n" + part[1]
		})
	}
	for _, part := range fieldBranches {
		function = replaceBetween(function, part[0], part[1], func(body string) string {
			body = strings.ReplaceAll(body, "\treturn\n", "\treturn true\n")
			return "\tif func() bool {\n" + part[0] + body + "\t\treturn false\n\t}() {\n\t\treturn\n\t}\n" + part[1]
		})
	}
	if !found || function == "" {
		return ""
	}
	return before + "\nfunc parseField(" + function
}
