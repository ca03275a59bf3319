// Package oracle holds tests only: they hold this program's reading of Microsoft
// Graph against what Microsoft itself publishes.
//
// With the build tag graphmodels, sign-ins are decoded once more by the Graph
// SDK's own models, which cost gigabytes to compile and are no part of the
// program. With the address of a prism server that mocks Microsoft's description
// of Graph, the client sends it its real queries and reads the documented
// answers.
package oracle
