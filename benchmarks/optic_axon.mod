COMMENT
The channels at a node of Ranvier of the optic nerve axon of Arancibia-Carcamo et al. (2017): fast and
persistent sodium, slow potassium, leak. Rates are those of the authors' code (github.com/AttwellLab), per ms at
20 degrees C. Written for benchmarks/against_neuron.py, which sets the conductances, reversals and Q10 values.
ENDCOMMENT

NEURON {
    SUFFIX optic_axon
    NONSPECIFIC_CURRENT i
    RANGE gna, gnap, gk, gl
    GLOBAL e_na, e_k, e_l, t_gates, q_m, q_h, q_n
}

UNITS {
    (mV) = (millivolt)
    (mA) = (milliamp)
    (S) = (siemens)
}

PARAMETER {
    gna = 0 (S/cm2)
    gnap = 0 (S/cm2)
    gk = 0 (S/cm2)
    gl = 0 (S/cm2)
    e_na = 0 (mV)
    e_k = 0 (mV)
    e_l = 0 (mV)
    t_gates = 20 (degC)
    q_m = 1
    q_h = 1
    q_n = 1
}

ASSIGNED {
    v (mV)
    celsius (degC)
    i (mA/cm2)
    am (/ms)
    bm (/ms)
    ap (/ms)
    bp (/ms)
    an (/ms)
    bn (/ms)
    ah (/ms)
    bh (/ms)
}

STATE { m p n h }

INITIAL {
    rates(v)
    m = am / (am + bm)
    p = ap / (ap + bp)
    n = an / (an + bn)
    h = ah / (ah + bh)
}

BREAKPOINT {
    SOLVE states METHOD cnexp
    i = (gna*m*m*m*h + gnap*p*p*p) * (v - e_na) + gk*n * (v - e_k) + gl * (v - e_l)
}

DERIVATIVE states {
    rates(v)
    m' = am*(1 - m) - bm*m
    p' = ap*(1 - p) - bp*p
    n' = an*(1 - n) - bn*n
    h' = ah*(1 - h) - bh*h
}

PROCEDURE rates(v (mV)) {
    LOCAL warmth, q
    warmth = (celsius - t_gates) / 10
    q = q_m^warmth
    am = q * linoid(1.86, v + 25.4, 10.3)
    bm = q * linoid(0.086, -(v + 29.7), 9.16)
    ap = q * linoid(0.186, v + 48.4, 10.3)
    bp = q * linoid(0.0086, -(v + 42.7), 9.16)
    q = q_n^warmth
    an = q * linoid(0.00122, v + 19.5, 23.6)
    bn = q * linoid(0.000739, -(v + 87.1), 21.8)
    q = q_h^warmth
    ah = q * linoid(0.0336, -(v + 118), 11)
    bh = q * 2.3 / (1 + exp(-(v + 35.8) / 13.4))
}

FUNCTION linoid(scale (/ms/mV), x (mV), slope (mV)) (/ms) {
    if (fabs(x / slope) < 1e-6) {
        linoid = scale * (slope + x / 2)
    } else {
        linoid = scale * x / (1 - exp(-x / slope))
    }
}
