package cert

import "sync"

// An attributeType is a type of attribute of a distinguished name.
type attributeType struct{ oid, short, label string }

// attributeTypes indexes attributeTable by object identifier.
var attributeTypes = sync.OnceValue(func() map[string]attributeType {
	types := make(map[string]attributeType, len(attributeTable))
	for _, a := range attributeTable {
		types[a.oid] = a
	}
	return types
})

// attributeTable names the attribute types of X.520, RFC 4519, RFC 2985,
// RFC 3739, the EV Guidelines and some national and industry profiles. Short
// names are those of OpenSSL, which people know.
var attributeTable = []attributeType{
	{"2.5.4.2", "knowledgeInformation", "Knowledge information"},
	{oidCommonName, "CN", "Common name"},
	{"2.5.4.4", "SN", "Surname"},
	{"2.5.4.5", "serialNumber", "Serial number"},
	{"2.5.4.6", "C", "Country"},
	{"2.5.4.7", "L", "Locality"},
	{"2.5.4.8", "ST", "State or province"},
	{"2.5.4.9", "street", "Street address"},
	{oidOrganization, "O", "Organization"},
	{"2.5.4.11", "OU", "Organizational unit"},
	{"2.5.4.12", "title", "Title"},
	{"2.5.4.13", "description", "Description"},
	{"2.5.4.14", "searchGuide", "Search guide"},
	{"2.5.4.15", "businessCategory", "Business category"},
	{"2.5.4.16", "postalAddress", "Postal address"},
	{"2.5.4.17", "postalCode", "Postal code"},
	{"2.5.4.18", "postOfficeBox", "Post office box"},
	{"2.5.4.19", "physicalDeliveryOfficeName", "Physical delivery office name"},
	{"2.5.4.20", "telephoneNumber", "Telephone number"},
	{"2.5.4.21", "telexNumber", "Telex number"},
	{"2.5.4.22", "teletexTerminalIdentifier", "Teletex terminal identifier"},
	{"2.5.4.23", "facsimileTelephoneNumber", "Facsimile telephone number"},
	{"2.5.4.24", "x121Address", "X.121 address"},
	{"2.5.4.25", "internationaliSDNNumber", "International ISDN number"},
	{"2.5.4.26", "registeredAddress", "Registered address"},
	{"2.5.4.27", "destinationIndicator", "Destination indicator"},
	{"2.5.4.28", "preferredDeliveryMethod", "Preferred delivery method"},
	{"2.5.4.31", "member", "Member"},
	{"2.5.4.32", "owner", "Owner"},
	{"2.5.4.33", "roleOccupant", "Role occupant"},
	{"2.5.4.34", "seeAlso", "See also"},
	{"2.5.4.41", "name", "Name"},
	{"2.5.4.42", "GN", "Given name"},
	{"2.5.4.43", "initials", "Initials"},
	{"2.5.4.44", "generationQualifier", "Generation qualifier"},
	{"2.5.4.45", "x500UniqueIdentifier", "X.500 unique identifier"},
	{"2.5.4.46", "dnQualifier", "DN qualifier"},
	{"2.5.4.49", "distinguishedName", "Distinguished name"},
	{"2.5.4.50", "uniqueMember", "Unique member"},
	{"2.5.4.51", "houseIdentifier", "House identifier"},
	{"2.5.4.54", "dmdName", "Directory management domain name"},
	{"2.5.4.65", "pseudonym", "Pseudonym"},
	{"2.5.4.72", "role", "Role"},
	{"2.5.4.97", "organizationIdentifier", "Organization identifier"},
	{"2.5.4.98", "c3", "Country (three letters)"},
	{"2.5.4.99", "n3", "Country (three digits)"},
	{"2.5.4.100", "dnsName", "DNS name"},
	{"0.9.2342.19200300.100.1.1", "UID", "User ID"},
	{"0.9.2342.19200300.100.1.3", "mail", "Mailbox"},
	{"0.9.2342.19200300.100.1.5", "favouriteDrink", "Favourite drink"},
	{"0.9.2342.19200300.100.1.25", "DC", "Domain component"},
	{"0.9.2342.19200300.100.1.43", "friendlyCountryName", "Friendly country name"},
	{"0.9.2342.19200300.100.1.60", "jpegPhoto", "JPEG photo"},
	{"1.2.840.113549.1.9.1", "emailAddress", "Email address"},
	{"1.2.840.113549.1.9.2", "unstructuredName", "Unstructured name"},
	{"1.2.840.113549.1.9.8", "unstructuredAddress", "Unstructured address"},
	{"1.3.6.1.4.1.311.60.2.1.1", "jurisdictionL", "Jurisdiction of incorporation: locality"},
	{"1.3.6.1.4.1.311.60.2.1.2", "jurisdictionST", "Jurisdiction of incorporation: state or province"},
	{"1.3.6.1.4.1.311.60.2.1.3", "jurisdictionC", "Jurisdiction of incorporation: country"},
	{"1.3.6.1.5.5.7.9.1", "id-pda-dateOfBirth", "Date of birth"},
	{"1.3.6.1.5.5.7.9.2", "id-pda-placeOfBirth", "Place of birth"},
	{"1.3.6.1.5.5.7.9.3", "id-pda-gender", "Gender"},
	{"1.3.6.1.5.5.7.9.4", "id-pda-countryOfCitizenship", "Country of citizenship"},
	{"1.3.6.1.5.5.7.9.5", "id-pda-countryOfResidence", "Country of residence"},
	{"1.2.643.3.131.1.1", "INN", "Taxpayer number (INN)"},
	{"1.2.643.100.1", "OGRN", "State registration number (OGRN)"},
	{"1.2.643.100.3", "SNILS", "Insurance account number (SNILS)"},
	{"1.2.643.100.4", "INNLE", "Taxpayer number of a legal entity (INNLE)"},
	{"1.2.643.100.5", "OGRNIP", "State registration number of an entrepreneur (OGRNIP)"},
	{"1.3.6.1.4.1.37244.1.1", "matter-node-id", "Matter node ID"},
	{"1.3.6.1.4.1.37244.1.2", "matter-firmware-signing-id", "Matter firmware signing ID"},
	{"1.3.6.1.4.1.37244.1.3", "matter-icac-id", "Matter intermediate CA ID"},
	{"1.3.6.1.4.1.37244.1.4", "matter-rcac-id", "Matter root CA ID"},
	{"1.3.6.1.4.1.37244.1.5", "matter-fabric-id", "Matter fabric ID"},
	{"1.3.6.1.4.1.37244.1.6", "matter-noc-cat", "Matter CASE authenticated tag"},
	{"1.3.6.1.4.1.37244.2.1", "matter-vid", "Matter vendor ID"},
	{"1.3.6.1.4.1.37244.2.2", "matter-pid", "Matter product ID"},
	{"2.23.133.2.1", "tpmManufacturer", "TPM manufacturer"},
	{"2.23.133.2.2", "tpmModel", "TPM model"},
	{"2.23.133.2.3", "tpmVersion", "TPM version"},
	{"2.23.133.2.4", "platformManufacturer", "Platform manufacturer"},
	{"2.23.133.2.5", "platformModel", "Platform model"},
	{"2.23.133.2.6", "platformVersion", "Platform version"},
}
