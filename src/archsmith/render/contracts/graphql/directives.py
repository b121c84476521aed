"""The directives of the schema, in the words of their specifications where there are any."""

from typing import Final

DIRECTIVES: Final = '''\
"""What a field costs (GraphQL Cost Directives specification)."""
directive @cost(
  weight: String!
) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR

"""How long a list is at most (GraphQL Cost Directives specification)."""
directive @listSize(
  assumedSize: Int
  slicingArguments: [String!]
  sizedFields: [String!]
  requireOneSlicingArgument: Boolean = true
) on FIELD_DEFINITION

"""The scopes that a token needs: all of one of these sets."""
directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION

"""Limits of a value beyond its type: those of the column and of OpenAPI."""
directive @constraint(
  minLength: Int
  maxLength: Int
  pattern: String
  min: Float
  max: Float
  maxItems: Int
) on ARGUMENT_DEFINITION | FIELD_DEFINITION | INPUT_FIELD_DEFINITION

"""What the server refuses before it runs an operation."""
directive @limits(maxDepth: Int!, maxCost: Int!, maxPageSize: Int!, maxAliases: Int!, persistedOnly: Boolean!) on SCHEMA
'''
