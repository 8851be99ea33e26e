/*
 * SUNDIALS CVODE on the equations of sigmoidal autoencoders: what the stiff integrator is measured against.
 *
 *     cc -O3 -march=native cvode.c -lsundials_cvode -lsundials_nvecserial -lsundials_sunlinsoldense
 *         -lsundials_sunmatrixdense -lm -o cvode
 *     cvode PROBLEM quotients|analytic RELTOL ABSTOL REPEATS
 *
 * BDF of orders 1 to 5, Newton, dense Jacobian by difference quotients or the analytic one. PROBLEM is a text
 * file: K count eta base, count times (rho q y_1 ... y_2K), number of end times, end times. base = tr Omega/D;
 * rho and q as in test/fixtures/sigmoid-limit.h. Prints one line of JSON: the counts of one solve, the median
 * processor time of REPEATS solves after a warm one, from the start to the last end time, and the least; that
 * of one right-hand side and one Jacobian; t, pmse and y at the ends. Ends before the last are interpolated.
 */
#define _GNU_SOURCE
#include <cvode/cvode.h>
#include <math.h>
#include <nvector/nvector_serial.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sunlinsol/sunlinsol_dense.h>
#include <sunmatrix/sunmatrix_dense.h>
#include <time.h>

#define REAL double
#define SQRT sqrt
#define ASIN asin
#define REAL_PI M_PI
#define NAME(x) x
#include "../fixtures/sigmoid-limit.h"

static int slope(realtype t, N_Vector y, N_Vector dy, void *data) {
  (void)t;
  motion(data, NV_DATA_S(y), NV_DATA_S(dy));
  return 0;
}

static int slopes(realtype t, N_Vector y, N_Vector fy, SUNMatrix J, void *data, N_Vector a, N_Vector b, N_Vector c) {
  (void)t, (void)fy, (void)a, (void)b, (void)c;
  jacobian(data, NV_DATA_S(y), SM_COLS_D(J));
  return 0;
}

static double number(FILE *file) {
  double x;
  if (fscanf(file, "%lf", &x) != 1) exit(1);
  return x;
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return 1e6 * t.tv_sec + 1e-3 * t.tv_nsec;
}

static int ascending(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

int main(int argc, char **argv) {
  FILE *file = argc == 6 ? fopen(argv[1], "r") : NULL;
  if (!file) {
    fprintf(stderr, "cvode PROBLEM quotients|analytic RELTOL ABSTOL REPEATS\n");
    return 1;
  }
  const int isAnalytic = strcmp(argv[2], "analytic") == 0, repeats = atoi(argv[5]);
  const double relTol = atof(argv[3]), absTol = atof(argv[4]);
  Theory th;
  th.K = (int)number(file), th.count = (int)number(file), th.eta = number(file);
  const double base = number(file);
  const int n = 2 * th.K * th.count;
  double start[n], y[n];
  for (int v = 0; v < th.count; v++) {
    th.rho[v] = number(file), th.q[v] = number(file);
    for (int i = 0; i < 2 * th.K; i++) start[2 * th.K * v + i] = number(file);
  }
  const int ends = (int)number(file);
  double end[ends], found[ends][n], times[repeats + 1];
  for (int i = 0; i < ends; i++) end[i] = number(file);
  fclose(file);

  long steps = 0, calls = 0, quotients = 0, jacobians = 0, setups = 0;
  for (int repeat = 0; repeat <= repeats; repeat++) {
    const double begin = now();
    memcpy(y, start, sizeof y);
    SUNContext context;
    SUNContext_Create(NULL, &context);
    N_Vector state = N_VMake_Serial(n, y, context);
    SUNMatrix A = SUNDenseMatrix(n, n, context);
    SUNLinearSolver solver = SUNLinSol_Dense(state, A, context);
    void *memory = CVodeCreate(CV_BDF, context);
    CVodeInit(memory, slope, 0, state);
    CVodeSetUserData(memory, &th);
    CVodeSStolerances(memory, relTol, absTol);
    CVodeSetLinearSolver(memory, solver, A);
    if (isAnalytic) CVodeSetJacFn(memory, slopes);
    CVodeSetMaxNumSteps(memory, 100000000);
    CVodeSetStopTime(memory, end[ends - 1]);
    for (int i = 0; i < ends; i++) {
      double reached;
      const int flag = CVode(memory, end[i], state, &reached, CV_NORMAL);
      if (flag < 0) {
        fprintf(stderr, "cvode: %d\n", flag);
        return 2;
      }
      memcpy(found[i], y, sizeof y);
    }
    CVodeGetNumSteps(memory, &steps);
    CVodeGetNumRhsEvals(memory, &calls);
    CVodeGetNumLinRhsEvals(memory, &quotients);
    CVodeGetNumJacEvals(memory, &jacobians);
    CVodeGetNumLinSolvSetups(memory, &setups);
    CVodeFree(&memory);
    SUNLinSolFree(solver);
    SUNMatDestroy(A);
    N_VDestroy(state);
    SUNContext_Free(&context);
    times[repeat] = now() - begin;
  }
  const int samples = 20000;
  double dy[n], *columns[n], *block = calloc((size_t)n * n, sizeof(double)), begin = now();
  for (int i = 0; i < n; i++) columns[i] = block + i * n;
  for (int i = 0; i < samples; i++) motion(&th, y, dy), y[0] += 1e-300 * dy[0];
  const double oneSlope = (now() - begin) / samples;
  begin = now();
  for (int i = 0; i < samples; i++) jacobian(&th, y, columns), y[0] += 1e-300 * columns[0][0];
  const double oneJacobian = (now() - begin) / samples;
  free(block);
  qsort(times + 1, repeats, sizeof *times, ascending);
  printf("{\"jacobian\":\"%s\",\"relTol\":%g,\"absTol\":%g,\"steps\":%ld,\"evaluations\":%ld,\"jacobians\":%ld,\"setups\":%ld,\"microseconds\":%.1f,\"least\":%.1f,\"slope\":%.3f,\"slopes\":%.3f,\"ends\":[",
         isAnalytic ? "analytic" : "quotients", relTol, absTol, steps, calls + quotients, jacobians, setups,
         repeats ? times[1 + repeats / 2] : times[0], times[repeats > 0], oneSlope, oneJacobian);
  for (int i = 0; i < ends; i++) {
    printf("%s{\"t\":%.17g,\"pmse\":%.17g,\"y\":[", i ? "," : "", end[i], error(&th, found[i], base));
    for (int j = 0; j < n; j++) printf("%s%.17g", j ? "," : "", found[i][j]);
    printf("]}");
  }
  printf("]}\n");
  return 0;
}
