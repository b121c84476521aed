"""What gRPC carries, as Protocol Buffers in the layout of buf."""
