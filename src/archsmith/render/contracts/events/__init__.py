"""What crosses brokers: AsyncAPI with CloudEvents."""
