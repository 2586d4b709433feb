package uk.ac.manchester.tornado.api.enums;

/** What a backend generates. */
public enum TornadoVMBackendType {
  OPENCL,
  METAL,
  PTX,
  CUDA,
  SPIRV,
  JAVA,
  VIRTUAL
}
