SELECT matter FROM readers WHERE role = ?1 ORDER BY matter DESC LIMIT ?2
