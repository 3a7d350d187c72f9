SELECT matter FROM links WHERE linked = ?1 ORDER BY matter
